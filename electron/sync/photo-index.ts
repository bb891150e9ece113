import type { Database } from 'better-sqlite3'
import { writeIfRoom } from '../store/db.ts'
import {
  dropPhotosOwed,
  findPhotosOwed,
  type PhotoPlace,
  savePhotoPlaces,
  savePhotosAfter,
} from '../store/photos/places.ts'
import type { ReadyRow } from '../store/rows/ready-row.ts'
import { createSliceSize } from './slice-size.ts'

const BUCKETS = 32

export type PhotoIndex = ReturnType<typeof createPhotoIndex>

/**
 * Which scan holds which photo, for a whole copy at once. Hashes come in no order: written one by one each touches
 * another page of the file, which cost more than the scans themselves. Sorted, they fill page after page.
 */
export function createPhotoIndex(db: Database) {
  const state = {
    buckets: newBuckets(),
    /** False after a restart in the middle: then the sessions are gone through in their own order. */
    isWhole: false,
  }
  const scans = createSliceSize(20, 1000)
  const rows = createSliceSize(200, 5000)

  const add = (place: PhotoPlace) => state.buckets[Number.parseInt(place.short.slice(0, 2), 16) % BUCKETS]?.push(place)
  const saveSorted = (bucket: PhotoPlace[]) => {
    bucket.sort((a, b) => (a.short < b.short ? 1 : -1)) // the smallest last, to be taken off the end
    const some = bucket.splice(-rows.count()).toReversed()
    rows.measure(some.length, () => writeIfRoom(db, (tx) => savePhotoPlaces(tx, some)))
  }
  const saveByScan = (after: string) => {
    const count = scans.count()
    const isAll = scans.measure(count, () => writeIfRoom(db, (tx) => savePhotosAfter(tx, after, count)))
    if (isAll) writeIfRoom(db, dropPhotosOwed)
  }
  return {
    /** A copy of all sessions begins: they are noted as they come. */
    begin: () => Object.assign(state, { buckets: newBuckets(), isWhole: true }),
    note: (sessions: readonly ReadyRow[]) => {
      for (const row of sessions)
        if (row.entity === 'session') for (const short of row.photos) add({ short, sessionId: row.id })
    },
    /** One small step. @returns false when nothing is owed */
    step: (): boolean => {
      const after = findPhotosOwed(db)
      if (after === undefined) return false
      const bucket = state.buckets.find(({ length }) => length > 0)
      if (bucket !== undefined) saveSorted(bucket)
      else if (state.isWhole) writeIfRoom(db, dropPhotosOwed)
      else saveByScan(after)
      return true
    },
  }
}

function newBuckets(): PhotoPlace[][] {
  return Array.from({ length: BUCKETS }, () => [])
}
