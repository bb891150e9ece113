import { AppError } from '../../contract/errors.ts'
import type { ImportOutboxRequest, MutationResult } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import { findPerson } from '../people/service.ts'
import { push, type PushDeps } from './push.ts'

/**
 * Work that a colleague could no longer send, brought by an administrator: applied as the author, with the roles that
 * the author has today, exactly as a push of theirs would be. Sent again, or sent by the author after all, it is
 * recognised. Every entry of the audit log names the author and, as `importedBy`, the administrator.
 * @throws AppError `outbox.other-practice`; `auth.denied` when the author no longer works here
 */
export async function importOutbox(
  deps: PushDeps,
  importer: PersonPrincipal,
  request: ImportOutboxRequest,
): Promise<{ results: MutationResult[] }> {
  const author = await findAuthor(deps, importer, request)
  return push(deps, author, request)
}

async function findAuthor(
  deps: PushDeps,
  importer: PersonPrincipal,
  request: ImportOutboxRequest,
): Promise<PersonPrincipal> {
  const { practiceId } = importer
  const { personId, clientId, exportedAtMs, mutations } = request
  const roles = await deps.database.inPractice(practiceId, async (tx) => {
    const author = await findPerson(tx, practiceId, personId)
    if (author === undefined) return undefined
    if (!author.active) throw new AppError('auth.denied', { personId })
    const subject = { personId, clientId, count: mutations.length, workstationAtMs: exportedAtMs }
    await appendAudit(tx, practiceId, importer, deps.clock.nowMs(), { action: 'sync.import', outcome: 'done', subject })
    return author.roles
  })
  if (roles !== undefined) return { kind: 'person', practiceId, personId, roles, importedBy: importer.personId }
  await recordRefusal(deps, importer, 'sync.import', { code: 'outbox.other-practice' })
  throw new AppError('outbox.other-practice')
}
