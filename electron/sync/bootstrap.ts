import { AppError } from '../../server/contract/errors.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import { BOOTSTRAP_ORDER, type BootstrapAnswer } from '../../server/contract/sync/wire.ts'
import { type Changes, deferChanges, newChanges } from '../store/changes.ts'
import { forgetUnseen, noteUnseen } from '../store/copy/unseen.ts'
import type { WriteTx } from '../store/db.ts'
import { owePhotos } from '../store/photos/places.ts'
import type { ReadyRow } from '../store/rows/ready-row.ts'
import { type Copy, findCopy, getPosition, saveCopy, savePosition } from '../store/sync-state/sync-state.ts'
import { applyRow } from './apply-row.ts'

/** A running copy that still has rows to fetch. */
export type Copying = Copy & { readonly entity: EntityName }

/** Some rows of one answer, in the order of their keys, and the key up to which they are all that there is. */
export type CopySlice = {
  readonly of: Pick<BootstrapAnswer, 'epoch' | 'seq' | 'totals'>
  readonly rows: readonly ReadyRow[]
  /** Null: to the end of the entity. */
  readonly upTo: string | null
}

/**
 * Starts a fresh copy: of the whole practice, whose position is then worth nothing until it is complete, or of one
 * entity. Rows stay in view meanwhile, and the outbox stays for good.
 */
export function beginCopy(tx: WriteTx, only: EntityName | null = null): void {
  const before = getPosition(tx)
  const generation = before.generation + 1
  forgetUnseen(tx)
  if (only === null || only === 'session') owePhotos(tx)
  savePosition(tx, only === null ? { epoch: 0, seq: 0, generation, bootstrapping: true } : { ...before, generation })
  saveCopy(tx, {
    only,
    epoch: null,
    startSeq: 0,
    entity: only ?? BOOTSTRAP_ORDER[0],
    after: null,
    rowsDone: 0,
    rowsTotal: null,
  })
}

/**
 * The next rows of the copy with where it stands, in the caller's transaction: a kill leaves both or neither. Queue
 * rows follow in small steps.
 * @throws AppError `sync.epoch` when the server's feed began anew since the first answer
 */
export function applyCopySlice(tx: WriteTx, slice: CopySlice): Changes {
  const copy = findCopying(tx)
  const position = getPosition(tx)
  const known = copy.epoch ?? (copy.only === null ? slice.of.epoch : position.epoch)
  if (slice.of.epoch !== known) throw new AppError('sync.epoch', { epoch: slice.of.epoch })
  checkKeys(copy, slice)
  const changes = newChanges()
  const into = { generation: position.generation, changes, notesPhotos: false }
  for (const row of slice.rows) applyRow(tx, row, into)
  const range = { after: copy.after, last: slice.upTo }
  noteUnseen(tx, copy.entity, range, new Set(slice.rows.map(({ id }) => id)))
  deferChanges(tx, changes)
  const next = advanced(copy, slice)
  saveCopy(tx, next)
  if (next.entity === null && copy.only === null)
    savePosition(tx, { ...position, epoch: slice.of.epoch, seq: next.startSeq })
  return changes
}

/** @throws AppError `internal` when no copy is fetching rows: asked at the wrong time */
function findCopying(tx: WriteTx): Copying {
  const copy = findCopy(tx)
  if (copy?.entity == null) throw new AppError('internal', { reason: 'no-copy' })
  return { ...copy, entity: copy.entity }
}

function advanced(copy: Copying, { of, rows, upTo }: CopySlice): Copy {
  const isFirst = copy.epoch === null
  return {
    ...copy,
    epoch: of.epoch,
    startSeq: isFirst ? of.seq : copy.startSeq,
    entity: upTo === null ? entityAfter(copy) : copy.entity,
    after: upTo,
    rowsDone: copy.rowsDone + rows.length,
    rowsTotal: isFirst ? totalOf(copy, of.totals) : copy.rowsTotal,
  }
}

/** What is copied after this entity; null when it was the last. */
export function entityAfter({ only, entity }: Pick<Copying, 'only' | 'entity'>): EntityName | null {
  return only === null ? (BOOTSTRAP_ORDER[BOOTSTRAP_ORDER.indexOf(entity) + 1] ?? null) : null
}

function totalOf({ only }: Copy, totals: BootstrapAnswer['totals']): number | null {
  if (totals === null) return null
  const entities: readonly EntityName[] = only === null ? BOOTSTRAP_ORDER : [only]
  return entities.reduce((sum, entity) => sum + (totals[entity] ?? 0), 0)
}

/** Keys that do not ascend would leave rows out, or never come to an end. */
function checkKeys({ entity, after }: Copying, { rows, upTo }: CopySlice): void {
  const isSame = rows.every((row) => row.entity === entity)
  const keys = [after ?? '', ...rows.map(({ id }) => id)]
  const ascends = keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? ''))
  const ends = upTo === null || (upTo > (after ?? '') && upTo >= (keys.at(-1) ?? ''))
  if (!isSame || !ascends || !ends) throw new AppError('server.unreachable', { reason: 'copy-order', entity })
}
