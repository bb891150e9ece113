import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { AppError } from '../../server/contract/errors.ts'
import { changeOverlaid, type Changes, newChanges, settleChanges } from '../store/changes.ts'
import { bodyOf, type WriteTx } from '../store/db.ts'
import { discardReplaced, saveAttention, settleAttention } from '../store/outbox/attention.ts'
import { findHeld, type HeldRow } from '../store/outbox/held.ts'
import { correctInstead, removeAnswered, supersedeInstead } from '../store/outbox/outbox.ts'
import { dropOverlay } from '../store/outbox/overlay.ts'
import { discardResolved, settleRefused } from '../store/outbox/resolved.ts'
import { findLastSyncedAtMs } from '../store/sync-state/sync-state.ts'

/** No request, and nothing that the server does for one, lives longer than this. */
const ANSWERED_WITHIN_MS = 10 * 60_000

/**
 * Takes an old instruction out of the outbox, and keeps it as one that was let go. Later reads of the same author that
 * were to replace it replace now what it was to replace, and actions that were to correct its own what that was to
 * correct.
 * @throws AppError `not-found` when this person has none under the id; `read.already-sent` when the server may have it
 */
export function discardHeld(
  tx: WriteTx,
  mutationId: string,
  reason: string,
  by: { readonly personId: string; readonly nowMs: number },
): Changes {
  const row = findHeld(tx, mutationId, by.personId, by.nowMs)
  if (row === undefined) throw new AppError('not-found', { mutationId })
  if (row.mayHaveLeft && !isKnownAbsent(tx, row, by.nowMs)) throw new AppError('read.already-sent', { mutationId })
  removeAnswered(tx, mutationId)
  saveAttention(tx, row, { status: 'stale', code: null, atMs: row.queuedAtMs })
  const how = { settled: 'discarded', reason } as const
  // The server may have refused it, and only that answer got lost: then it keeps a copy.
  if (row.mayHaveLeft) settleRefused(tx, mutationId, how, { ...by, notBeforeMs: 0 })
  else settleAttention(tx, mutationId, how, by.nowMs)
  discardReplaced(tx, mutationId, reason)
  discardResolved(tx, mutationId, reason)
  const { readId, actionId, supersedes, corrects } = bodyOf<RecordRead>(row.args)
  supersedeInstead(tx, row.subject, { former: readId, now: supersedes })
  correctInstead(tx, row.subject, { former: actionId, now: corrects?.actionId ?? null })
  return viewWithout(tx, mutationId)
}

/**
 * What the server applied comes with the feed. One that a whole pull, begun long after its last attempt, has not
 * brought was never applied, and nothing is on its way any more that could still apply it. Without an attempt it was
 * taken down once and lost with the server's own data (send-again.ts): the copy that showed so is that pull.
 */
function isKnownAbsent(tx: WriteTx, { triedAtMs }: HeldRow, nowMs: number): boolean {
  const syncedAtMs = findLastSyncedAtMs(tx)
  if (syncedAtMs === null || syncedAtMs > nowMs) return false
  return syncedAtMs - (triedAtMs ?? 0) > ANSWERED_WITHIN_MS
}

function viewWithout(tx: WriteTx, mutationId: string): Changes {
  const changes = newChanges()
  const overlaid = dropOverlay(tx, mutationId)
  if (overlaid !== undefined) changeOverlaid(tx, changes, overlaid)
  settleChanges(tx, changes)
  return changes
}
