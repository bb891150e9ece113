import { MutationId } from '../../../server/contract/domain/ids.ts'
import type { WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { settleAttention, type Settlement } from './attention.ts'
import { enqueue } from './outbox.ts'

type By = { readonly personId: string; readonly nowMs: number; readonly notBeforeMs: number }

/**
 * Settles what the server refused or parked, and tells it, in one transaction: its full copy may go, the audit log
 * keeps how. A change that the server never took down (it refused the whole request) has no copy there, and none to lose.
 * @param subject what the change that takes its place is about, so that this does not leave before it
 */
export function settleRefused(tx: WriteTx, mutationId: string, how: Settlement, by: By, subject?: string): void {
  settleAttention(tx, mutationId, how, by.nowMs)
  const isDiscarded = how.settled === 'discarded'
  enqueue(
    tx,
    'parked.resolve',
    {
      mutationId: MutationId.parse(mutationId),
      how: how.settled,
      reason: isDiscarded ? how.reason : '',
      replacedBy: isDiscarded ? null : MutationId.parse(how.replacedBy),
    },
    by,
    subject === undefined ? {} : { subject },
  )
}

/** The change that was to take its place was taken back before it left; this left after it, so it is here too. */
export function takeBackResolved(tx: WriteTx, replacedBy: string): void {
  const text = `DELETE FROM outbox WHERE name = 'parked.resolve' AND args ->> 'replacedBy' = ? AND state = 'pending'`
  sql(tx, text).run(replacedBy)
}

/** The change that was to take its place was let go: the server hears that instead. */
export function discardResolved(tx: WriteTx, replacedBy: string, reason: string): void {
  const text = `UPDATE outbox SET args = json_set(args, '$.how', 'discarded', '$.reason', ?, '$.replacedBy', NULL)
    WHERE name = 'parked.resolve' AND args ->> 'replacedBy' = ? AND state = 'pending'`
  sql(tx, text).run(reason, replacedBy)
}
