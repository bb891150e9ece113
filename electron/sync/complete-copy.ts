import { changeOverlaid, type Changes, deferChanges, newChanges } from '../store/changes.ts'
import { deleteRow } from '../store/copy/delete-row.ts'
import { forgetUnseenOne, listUnseen, SWEPT_AT_ONCE } from '../store/copy/unseen.ts'
import type { WriteTx } from '../store/db.ts'
import { listAcknowledged, settleAcknowledged } from '../store/copy/acknowledged.ts'
import { dropCopy, dropLastCheck, getPosition, type Position } from '../store/sync-state/sync-state.ts'

/**
 * The last step of a copy, in the transaction whose page has caught up with the feed: rows that it did not bring and
 * the feed has not brought since are gone on the server.
 */
export function completeCopy(tx: WriteTx, { generation, bootstrapping }: Position, changes: Changes): void {
  sweep(tx, generation, Number.MAX_SAFE_INTEGER, changes)
  dropCopy(tx)
  if (!bootstrapping) return
  dropLastCheck(tx)
  for (const row of listAcknowledged(tx)) {
    settleAcknowledged(tx, row)
    changeOverlaid(tx, changes, row)
  }
}

/** When so much is gone that one transaction would hold up the screens, most of it goes before in small ones. */
export function sweepSome(tx: WriteTx): Changes {
  const changes = newChanges()
  sweep(tx, getPosition(tx).generation, SWEPT_AT_ONCE, changes)
  deferChanges(tx, changes)
  return changes
}

/** Rows of an older generation only: the others came with the feed after the copy had passed their place. */
function sweep(tx: WriteTx, generation: number, atMost: number, changes: Changes): void {
  for (const row of listUnseen(tx, atMost)) {
    deleteRow(tx, row, { seq: -1, generation }, changes)
    forgetUnseenOne(tx, row)
  }
}
