import { v7 } from 'uuid'
import { ActionId, ReadId, type SessionId } from '../../server/contract/domain/ids.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import { AppError } from '../../server/contract/errors.ts'
import { describeAttention, findWanted } from '../store/attention/attention-entries.ts'
import type { Changes } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { findAttention, settleAttention } from '../store/outbox/attention.ts'
import { decideLocally } from './decide.ts'

type By = { readonly person: Person; readonly nowMs: number }

/**
 * The same decision once more, as a new mutation with new ids: the server remembers its refusal of the old one for
 * good. The entry is settled in the caller's transaction, so that it is either here or in the outbox.
 * @throws AppError `not-found` when nothing of this person waits under the id; `conflict.exists` when trying again
 *   cannot help; what the rule itself refuses here and now. The entry then stays as it was.
 */
export function retryLocally(tx: WriteTx, mutationId: string, by: By): { sessionId: SessionId; changes: Changes } {
  const row = findAttention(tx, mutationId, by.person.id)
  if (row === undefined) throw new AppError('not-found', { mutationId })
  const wanted = findWanted(row)
  if (wanted === undefined || !describeAttention(tx, row).mayRetry)
    throw new AppError('conflict.exists', { mutationId })
  const args = { ...wanted, readId: ReadId.parse(v7()), actionId: ActionId.parse(v7()) }
  const { changes, mutationId: replacedBy } = decideLocally(tx, args, by)
  if (replacedBy === null) throw new AppError('conflict.exists', { mutationId })
  settleAttention(tx, mutationId, { settled: 'retried', replacedBy }, by.nowMs)
  return { sessionId: wanted.sessionId, changes }
}

/**
 * Lets it go, and keeps with it who wanted that, when and why.
 * @throws AppError `not-found`; `input.invalid` without a reason for a change that is in no record
 */
export function discardLocally(tx: WriteTx, mutationId: string, reason: string, by: By): void {
  const row = findAttention(tx, mutationId, by.person.id)
  if (row === undefined) throw new AppError('not-found', { mutationId })
  if (reason.trim() === '' && row.status !== 'lost') throw new AppError('input.invalid', { mutationId })
  settleAttention(tx, mutationId, { settled: 'discarded', reason: reason.trim() }, by.nowMs)
}
