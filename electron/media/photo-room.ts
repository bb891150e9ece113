import type { Database } from 'better-sqlite3'
import type { Logger } from '../platform/logger.ts'
import { write } from '../store/db.ts'
import { type CachedPhoto, countCachedBytes, dropCached, listEvictable } from '../store/photos/cached.ts'
import type { WantedPhoto } from '../store/photos/wanted.ts'
import type { SealedFolder } from './sealed-folder.ts'

export type RoomSeams = {
  readonly db: Database
  readonly folder: SealedFolder
  readonly logger: Logger
  readonly budgetBytes: number
}

/**
 * Splits wishes by whether fetching them makes sense: into free room, or in place of photos whose need is older.
 * Without the second rule a full cache would fetch and throw away the same photos for ever.
 */
export function splitByRoom({ db, budgetBytes }: RoomSeams, wishes: readonly WantedPhoto[]) {
  const going = listEvictable(db, 4 * wishes.length)
  let free = budgetBytes - countCachedBytes(db)
  const fits: WantedPhoto[] = []
  const noRoom: WantedPhoto[] = []
  for (const wish of wishes) {
    const mustCome = wish.rank <= 0
    const mayGo = (photo: CachedPhoto) => mustCome || photo.isOriginal === 1 || photo.usedAtMs < wish.needMs
    for (let next = going[0]; free < wish.bytes && next !== undefined && mayGo(next); next = going[0]) {
      free += next.bytes
      going.shift()
    }
    if (!mustCome && free < wish.bytes) noRoom.push(wish)
    else {
      fits.push(wish)
      free -= wish.bytes
    }
  }
  return { fits, noRoom }
}

/** Back under the budget: originals first, then the review size that was needed longest ago; thumbnails stay. */
export async function evictPhotos({ db, folder, budgetBytes, logger }: RoomSeams): Promise<void> {
  let over = countCachedBytes(db) - budgetBytes
  while (over > 0) {
    const going = listEvictable(db, 50)
    if (going.length === 0) return logger.warn('photos.over-budget', { overBytes: over })
    for (const photo of going) {
      if (over <= 0) return
      write(db, (tx) => dropCached(tx, photo)) // unmarked first: a kill in between leaves a file, not a broken promise
      await folder.remove([photo.hash, photo.size])
      over -= photo.bytes
    }
  }
}
