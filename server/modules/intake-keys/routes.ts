import { AppError } from '../../contract/errors.ts'
import type { PersonPrincipal, RouteHandlers } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, type Subject } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { listKeys, revokeKey } from './repository.ts'
import { createIntakeKey } from './service.ts'

type Routes = Pick<RouteHandlers, 'intakeKeys.list' | 'intakeKeys.create' | 'intakeKeys.revoke'>

export function createIntakeKeyRoutes(deps: Pick<ModuleDeps, 'database' | 'clock'>): Routes {
  const audit = (tx: PracticeTx, caller: PersonPrincipal, action: string, subject: Subject) =>
    appendAudit(tx, caller.practiceId, caller, deps.clock.nowMs(), { action, outcome: 'done', subject })
  return {
    'intakeKeys.list': (_, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const keys = await listKeys(tx, caller.practiceId)
        await audit(tx, caller, 'intake-key.list', { count: keys.length })
        return { keys }
      }),
    'intakeKeys.create': ({ body }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const made = await createIntakeKey(tx, caller.practiceId, body.label, deps.clock.nowMs())
        await audit(tx, caller, 'intake-key.create', { intakeKeyId: made.key.id })
        return made
      }),
    'intakeKeys.revoke': ({ params }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const key = await revokeKey(tx, caller.practiceId, params.id, deps.clock.nowMs())
        if (key === undefined) throw new AppError('not-found', { intakeKeyId: params.id })
        await audit(tx, caller, 'intake-key.revoke', { intakeKeyId: key.id })
        return key
      }),
  }
}
