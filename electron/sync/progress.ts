import type { Database } from 'better-sqlite3'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { countWanted } from '../store/photos/wanted.ts'
import { findCopy, findLastSyncedAtMs, getPosition } from '../store/sync-state/sync-state.ts'
import { createPace } from './pace.ts'

const ROWS_WINDOW_MS = 20_000
const PHOTOS_WINDOW_MS = 60_000

/** How far a whole copy and the photos have come, for the screens. Repairs of one entity are no news to anybody. */
export function createProgress(db: Database, nowMs: () => number = () => performance.now()) {
  const rows = createPace(ROWS_WINDOW_MS, nowMs)
  const photos = createPace(PHOTOS_WINDOW_MS, nowMs)
  const arrived = { count: 0, waited: 0 }

  const copying = (): SyncStatus['copying'] => {
    if (!getPosition(db).bootstrapping) {
      rows.restart()
      return null
    }
    const copy = findCopy(db)
    const rowsDone = copy?.rowsDone ?? 0
    const rowsTotal = copy?.rowsTotal ?? null
    const left = Math.max(0, (rowsTotal ?? 0) - rowsDone)
    return {
      first: findLastSyncedAtMs(db) === null,
      rowsDone,
      rowsTotal: rowsTotal === null ? null : Math.max(rowsTotal, rowsDone), // rows are added meanwhile
      leftMs: rowsTotal === null ? null : rows.leftMs(rowsDone, left),
    }
  }
  const photosLeft = (): Pick<SyncStatus, 'photosWaitingCount' | 'photosLeftMs'> => {
    const photosWaitingCount = countWanted(db)
    arrived.count += Math.max(0, arrived.waited - photosWaitingCount) // new wishes are no step back
    arrived.waited = photosWaitingCount
    if (photosWaitingCount > 0)
      return { photosWaitingCount, photosLeftMs: photos.leftMs(arrived.count, photosWaitingCount) }
    photos.restart()
    return { photosWaitingCount, photosLeftMs: null }
  }
  return { copying, photosLeft }
}
