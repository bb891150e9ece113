import type { Database } from 'better-sqlite3'
import type { Logger } from '../platform/logger.ts'
import { write } from '../store/db.ts'
import { countCachedBytes, dropCached } from '../store/photos/cached.ts'
import { type Evictable, findPlace, listEvictable, mayGoFor } from '../store/photos/eviction.ts'
import { dropForgotten, listForgotten } from '../store/photos/forgotten.ts'
import type { PhotoKey } from '../store/photos/known.ts'
import type { WantedPhoto } from '../store/photos/wanted.ts'
import type { SealedFolder } from './sealed-folder.ts'

export type RoomSeams = {
  readonly db: Database
  readonly folder: SealedFolder
  readonly logger: Logger
  readonly budgetBytes: number
}

/**
 * Splits wishes by whether fetching them makes sense: into free room, or in place of photos that go before them.
 * Without the second rule a full cache would fetch and throw away the same photos for ever.
 */
export function splitByRoom({ db, budgetBytes }: RoomSeams, wishes: readonly WantedPhoto[]) {
  let free = budgetBytes - countCachedBytes(db)
  const wishedBytes = wishes.reduce((sum, wish) => sum + wish.bytes, 0)
  const going = wishedBytes <= free ? [] : listEvictable(db, 4 * wishes.length)
  const fits: WantedPhoto[] = []
  const noRoom: WantedPhoto[] = []
  for (const wish of wishes) {
    const mustCome = wish.rank <= 0
    const place = mustCome ? undefined : findPlace(db, wish)
    const mayGo = (photo: Evictable) => place === undefined || mayGoFor(photo, { place, needMs: wish.needMs })
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

/** Back under the budget, in the order of `eviction.ts`; thumbnails stay. */
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

/**
 * What is left of withdrawn scans. The file first: a kill in between removes it once more, and leaves none behind.
 * @param isBeingFetched whose file somebody writes: its turn comes afterwards
 */
export async function removeForgotten(
  { db, folder }: Pick<RoomSeams, 'db' | 'folder'>,
  isBeingFetched: (key: PhotoKey) => boolean,
): Promise<void> {
  for (const { hash, size } of listForgotten(db).filter((key) => !isBeingFetched(key))) {
    await folder.remove([hash, size])
    write(db, (tx) => dropForgotten(tx, { hash, size }))
  }
}
