import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { enqueue } from '../store/outbox/outbox.ts'
import { getPosition, type LastCheck, saveLastCheck } from '../store/sync-state/sync-state.ts'
import { beginCopy } from './bootstrap.ts'
import { compareDigests, type Difference } from './digest.ts'

const NIGHTLY_AT_HOUR = 2
/** A feed that moves on all the time is compared in a quieter minute. */
const TRIES = 5

/**
 * Due after every whole copy, and once a night: in the first round after two in the morning by this computer's clock.
 * @param last null before the first, and after every whole copy
 */
export function isCheckDue(last: LastCheck | null, nowMs: number): boolean {
  if (last === null || last.atMs > nowMs) return true // a clock that was set back must not put it off for days
  const night = new Date(nowMs)
  night.setHours(NIGHTLY_AT_HOUR, 0, 0, 0)
  if (night.getTime() > nowMs) night.setDate(night.getDate() - 1)
  return last.atMs < night.getTime()
}

export type CheckSeams = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly api: ServerApi
  /** In whose name a difference is told. */
  readonly personId: string
  /** Until the feed has no more. */
  readonly pull: () => Promise<void>
  readonly isStopped: () => boolean
}

/**
 * Compares this store with the server; what differs is copied anew, entity by entity, and the practice's server is told.
 * @returns false when the feed never stood still for it
 * @throws AppError `internal` when an entity differs again right after it was copied: a copy cannot mend that
 */
export async function checkAndRepair(seams: CheckSeams): Promise<boolean> {
  const { db, clock } = seams
  const repaired = new Set<EntityName>()
  for (let tries = 0; tries < TRIES; tries++) {
    if (seams.isStopped()) return false
    if (getPosition(db).bootstrapping) await seams.pull()
    const differences = await compareDigests(db, seams.api, seams.isStopped)
    if (differences === null) {
      await seams.pull()
      continue
    }
    const [first] = differences
    if (first === undefined || repaired.has(first.entity)) {
      write(db, (tx) => saveLastCheck(tx, { atMs: clock.nowMs(), repaired: [...repaired] }))
      if (first !== undefined) throw new AppError('internal', { reason: 'sync-difference-stays', entity: first.entity })
      return true
    }
    for (const difference of differences) {
      repaired.add(difference.entity)
      await repair(seams, difference)
    }
  }
  return false
}

/** Told and begun in one transaction; a kill in the middle of the copy leaves one that goes on. */
async function repair(
  { db, clock, logger, personId, pull }: CheckSeams,
  { entity, ...about }: Difference,
): Promise<void> {
  logger.warn('sync.difference', { entity, ...about })
  write(db, (tx) => {
    enqueue(tx, 'sync.difference', { entity, ...about }, { personId, nowMs: clock.nowMs(), notBeforeMs: 0 })
    beginCopy(tx, entity)
  })
  await pull()
}
