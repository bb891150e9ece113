import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { listEntries } from './repository.ts'
import { appendAudit } from './service.ts'

export function createAuditRoutes(deps: Pick<ModuleDeps, 'database' | 'clock'>): Pick<RouteHandlers, 'audit.list'> {
  return {
    'audit.list': ({ query }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const entries = await listEntries(tx, caller.practiceId, query)
        const subject = { count: entries.length }
        await appendAudit(tx, caller.practiceId, caller, deps.clock.nowMs(), {
          action: 'audit.read',
          outcome: 'done',
          subject,
        })
        return { entries, next: entries.length === query.limit ? (entries.at(-1)?.seq ?? null) : null }
      }),
  }
}
