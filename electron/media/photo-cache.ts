import type { Database } from 'better-sqlite3'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { PhotoSize } from '../../server/contract/domain/photos.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import { createTurns } from '../platform/in-turn.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { isNoAnswer } from '../platform/server-failure.ts'
import { write } from '../store/db.ts'
import { dropCached, isCached, markCached, touchCached } from '../store/photos/cached.ts'
import { findKnownPhoto, type PhotoKey } from '../store/photos/known.ts'
import { dropWanted, listWanted, postponeWanted, type WantedPhoto, wantNow } from '../store/photos/wanted.ts'
import { downloadPhoto } from './photo-download.ts'
import { evictPhotos, removeForgotten, splitByRoom } from './photo-room.ts'
import type { SealedFolder } from './sealed-folder.ts'

/** Below this the rest of the disk is kept for decisions: only what a screen asks for is still fetched. */
export const LOW_DISK_BYTES = 500 * 1024 ** 2
const BATCH = 16
const AT_ONCE = 4
const POLL_MS = 5000

export type PhotoSeams = {
  readonly db: Database
  readonly folder: SealedFolder
  readonly apiOf: (personId: string) => ServerApi
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly clock: Clock
  readonly logger: Logger
  /** In whose name photos are fetched; null while nobody may. */
  readonly personId: () => string | null
  readonly freeBytes: () => Promise<number>
  readonly onArrived: (hash: string) => void
  /** Fewer photos wait than before. */
  readonly onProgress: () => void
  /** The disk is nearly full (under 500 MiB), or no longer. */
  readonly onLowDisk: (low: boolean) => void
  /** Asked anew each time: a person may change it. */
  readonly budgetBytes: () => number
}
export type PhotoCache = {
  /**
   * Null when it is not here (yet): it is then fetched before everything else.
   * @param onlyKept nobody needs it yet: it is not fetched
   */
  get(hash: string, size: string, onlyKept?: boolean): Promise<{ bytes: Uint8Array; mediaType: string } | null>
  /** New wishes in the store, or the server can be reached again. */
  wake(): void
  /** The budget became smaller: back under it. */
  makeRoom(): Promise<void>
  stop(): Promise<void>
}

export function startPhotoCache(seams: PhotoSeams): PhotoCache {
  const { db, folder, clock } = seams
  const room = () => ({ ...seams, budgetBytes: seams.budgetBytes() })
  const inTurn = createTurns() // two at once would each make the whole room
  const makeRoom = () => inTurn(() => evictPhotos(room()))
  const state = {
    stopped: false,
    running: undefined as Promise<void> | undefined,
    timer: undefined as NodeJS.Timeout | undefined,
    urgent: new Map<string, WantedPhoto>(),
    urgentRun: undefined as Promise<void> | undefined,
    underWay: new Map<string, Promise<void>>(),
    used: new Map<string, PhotoKey>(),
    lowOnDisk: false,
  }

  const fetchBatch = async (personId: string, wishes: readonly WantedPhoto[]) => {
    const batch = wishes.filter((photo) => !isCached(db, photo))
    if (batch.length === 0) return
    const photos = batch.map(({ hash, size }) => ({ hash: PhotoHash.parse(hash), size: PhotoSize.parse(size) }))
    const { urls } = await seams.apiOf(personId).call('photos.downloadUrls', { body: { photos } })
    const jobs = batch.map((photo, index) => ({ photo, url: urls[index]?.url }))
    const work = async () => {
      for (let job = jobs.shift(); job !== undefined && !state.stopped; job = jobs.shift()) await fetchOne(job)
    }
    // All come to their end before an error is told: none may write after `stop` has answered.
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work))
    if (!state.stopped) seams.onProgress()
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }
  /** A screen may ask for what is being prefetched: two must never write one file. */
  const fetchOne = (job: { photo: WantedPhoto; url: string | undefined }): Promise<void> => {
    const name = keyOf(job.photo)
    const run = state.underWay.get(name) ?? fetchAlone(job).finally(() => state.underWay.delete(name))
    state.underWay.set(name, run)
    return run
  }
  const fetchAlone = async ({ photo, url }: { photo: WantedPhoto; url: string | undefined }) => {
    const isStopped = () => state.stopped
    const end = url === undefined ? 'not-now' : await downloadPhoto({ ...seams, isStopped }, photo, url)
    // Stopped: what is whole is not marked; it is fetched again, which costs only time.
    if (state.stopped || end === 'further') return
    if (end === 'not-now') return write(db, (tx) => postponeWanted(tx, photo, clock.nowMs()))
    const isWithdrawn = write(db, (tx) => {
      if (findKnownPhoto(tx, photo) === undefined) return true
      markCached(tx, photo, photo.bytes, photo.needMs)
      return false
    })
    if (isWithdrawn) await folder.remove([photo.hash, photo.size])
    else seams.onArrived(photo.hash)
  }

  const lookAtDisk = async (): Promise<boolean> => {
    const low = (await seams.freeBytes()) < LOW_DISK_BYTES
    if (low !== state.lowOnDisk && !state.stopped) seams.onLowDisk(low)
    state.lowOnDisk = low
    return low
  }

  const prefetch = async () => {
    for (;;) {
      await inTurn(() => removeForgotten(seams, (key) => state.underWay.has(keyOf(key))))
      const personId = seams.personId()
      if (personId === null || state.stopped) return
      if ((await lookAtDisk()) || state.stopped) return
      const wishes = listWanted(db, clock.nowMs(), BATCH)
      if (wishes.length === 0) return
      const { fits, noRoom } = splitByRoom(room(), wishes)
      write(db, (tx) => noRoom.forEach((wish) => dropWanted(tx, wish)))
      for (const { hash, size } of noRoom) await folder.remove([hash, size]) // what came of it before
      await fetchBatch(personId, fits)
      if (!state.stopped) await makeRoom()
    }
  }
  const fetchUrgent = async () => {
    for (let personId = seams.personId(); personId !== null && !state.stopped; personId = seams.personId()) {
      const batch = [...state.urgent.values()].slice(-BATCH)
      if (batch.length === 0) return
      for (const photo of batch) state.urgent.delete(keyOf(photo))
      await fetchBatch(personId, batch)
      if (!state.stopped) await makeRoom()
      wake() // what broke off goes on
    }
  }
  const wake = () => {
    if (state.stopped) return
    state.running ??= guard(prefetch).finally(() => (state.running = undefined))
  }
  const wakeUrgent = () => {
    state.urgentRun ??= guard(fetchUrgent).finally(() => (state.urgentRun = undefined))
  }
  /** The server is away, the line broke, the disk is full: the wishes stay in the store. */
  const guard = async (work: () => Promise<void> | void) => {
    try {
      await work()
    } catch (cause) {
      const error = AppError.from(cause)
      if (state.stopped || isNoAnswer(error.code) || error.code === 'auth.required') return
      if (error.code === 'internal') seams.logger.error('photos.failed', error.cause ?? error)
      else seams.logger.warn('photos.delayed', { code: error.code })
    }
  }
  const saveUse = () => {
    const used = [...state.used.values()]
    state.used.clear()
    if (used.length > 0) write(db, (tx) => used.forEach((key) => touchCached(tx, key, clock.nowMs())))
  }
  const poll = () => {
    void guard(saveUse)
    void guard(async () => void (await lookAtDisk()))
    wake()
  }
  state.timer = setInterval(poll, POLL_MS).unref()

  const get: PhotoCache['get'] = async (hash, size, onlyKept = false) => {
    const key = { hash, size }
    const known = findKnownPhoto(db, key)
    if (known === undefined || state.stopped) return null
    if (isCached(db, key)) {
      const bytes = await folder.find([hash, size])
      if (state.stopped) return null
      if (bytes !== undefined) {
        state.used.set(keyOf(key), key)
        return { bytes, mediaType: known.mediaType }
      }
    }
    if (onlyKept) return null
    const nowMs = clock.nowMs()
    write(db, (tx) => {
      dropCached(tx, key)
      wantNow(tx, key, nowMs)
    })
    state.urgent.set(keyOf(key), { ...known, rank: -1, needMs: nowMs })
    wakeUrgent()
    return null
  }

  return {
    get,
    wake,
    makeRoom,
    stop: async () => {
      state.stopped = true
      clearInterval(state.timer)
      await Promise.all([state.running, state.urgentRun])
    },
  }
}

function keyOf({ hash, size }: PhotoKey): string {
  return `${hash}/${size}`
}
