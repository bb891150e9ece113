import type { FeedOp, PullAnswer } from '../../server/contract/sync/wire.ts'
import { AppError } from '../../server/contract/errors.ts'
import { changeOverlaid, type Changes, deferChanges, newChanges, settleChanges } from '../store/changes.ts'
import { deleteRow } from '../store/copy/delete-row.ts'
import type { WriteTx } from '../store/db.ts'
import { dropReachedOverlay } from '../store/outbox/overlay.ts'
import { readyRow } from '../store/rows/ready-row.ts'
import { findCopy, getPosition, type Position, savePosition } from '../store/sync-state/sync-state.ts'
import { applyRow } from './apply-row.ts'
import { completeCopy } from './complete-copy.ts'

/**
 * Applies one page with its cursor, in the caller's transaction: a kill leaves both or neither.
 * @throws AppError `sync.epoch` when the page belongs to another epoch or the feed before it is gone;
 *   `server.unreachable` when it skips a row or carries what no schema knows (nothing is applied then)
 */
export function applyPage(tx: WriteTx, page: PullAnswer): Changes {
  const before = getPosition(tx)
  checkPage(before, page)
  const changes = newChanges()
  for (const op of page.ops) applyOp(tx, op, before.generation, changes)
  const copy = findCopy(tx)
  const completes = !page.more && (copy === undefined ? before.bootstrapping : page.to >= copy.startSeq)
  if (completes) completeCopy(tx, before, changes)
  // The page that ends the copy of one entity brings what was pushed meanwhile like any other.
  if (!before.bootstrapping) {
    for (const overlaid of dropReachedOverlay(tx, page.to)) changeOverlaid(tx, changes, overlaid)
  }
  if (page.more) deferChanges(tx, changes)
  else settleChanges(tx, changes)
  const { epoch, to: seq } = page
  savePosition(tx, { ...before, epoch, seq, bootstrapping: before.bootstrapping && !completes })
  return changes
}

function checkPage(before: Position, page: PullAnswer): void {
  const isFirst = before.epoch === 0 && before.seq === 0 // the feed from its very start is as good as a copy
  if (!isFirst && page.epoch !== before.epoch) throw new AppError('sync.epoch', { epoch: page.epoch })
  const expected = before.seq + 1
  if (page.from !== expected)
    throw new AppError('server.unreachable', { reason: 'feed-gap', expected, from: page.from })
  const whole = page.to - page.from + 1 === page.ops.length && page.ops.every((op, i) => op.seq === page.from + i)
  if (!whole) throw new AppError('server.unreachable', { reason: 'feed-page-gap', from: page.from, to: page.to })
  if (page.more && page.ops.length === 0) throw new AppError('server.unreachable', { reason: 'feed-page-empty' })
}

function applyOp(tx: WriteTx, op: FeedOp, generation: number, changes: Changes): void {
  if (op.op === 'put') applyRow(tx, readyRow(op), { generation, changes, notesPhotos: true })
  if (op.op === 'del') deleteRow(tx, op, { seq: op.seq, generation }, changes)
}
