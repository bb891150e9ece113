import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { PhotoSize } from '../../server/contract/domain/photos.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import {
  countCachedBytes,
  dropCached,
  isCached,
  listEvictable,
  markCached,
  touchCached,
} from '../store/photos/cached.ts'
import {
  findKnownPhoto,
  listWanted,
  type PhotoKey,
  postponeWanted,
  type WantedPhoto,
  wantNow,
} from '../store/photos/wanted.ts'
import type { SealedFolder } from './sealed-folder.ts'

export const CACHE_BUDGET_BYTES = 8 * 1024 ** 3
const BATCH = 16
const AT_ONCE = 4
const DOWNLOAD_WITHIN_MS = 60_000
const POLL_MS = 5000

export type PhotoSeams = {
  readonly db: Database
  readonly folder: SealedFolder
  readonly api: ServerApi
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly clock: Clock
  readonly logger: Logger
  readonly mayFetch: () => boolean
  readonly onArrived: (hash: string) => void
  readonly budgetBytes?: number
}
export type PhotoCache = {
  /** Null when it is not here (yet): it is then fetched before everything else. */
  get(hash: string, size: string): Promise<{ bytes: Uint8Array; mediaType: string } | null>
  /** New wishes in the store, or the server can be reached again. */
  wake(): void
  stop(): Promise<void>
}

export function startPhotoCache(seams: PhotoSeams): PhotoCache {
  const { db, folder, clock } = seams
  const state = {
    stopped: false,
    running: undefined as Promise<void> | undefined,
    timer: undefined as NodeJS.Timeout | undefined,
    urgent: new Map<string, WantedPhoto>(),
    urgentRun: undefined as Promise<void> | undefined,
    used: new Map<string, PhotoKey>(),
  }

  const fetchBatch = async (batch: readonly WantedPhoto[]) => {
    const photos = batch.map(({ hash, size }) => ({ hash: PhotoHash.parse(hash), size: PhotoSize.parse(size) }))
    const { urls } = await seams.api.call('photos.downloadUrls', { body: { photos } })
    const jobs = batch.map((photo, index) => ({ photo, url: urls[index]?.url }))
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let job = jobs.shift(); job !== undefined && !state.stopped; job = jobs.shift()) await fetchOne(job)
      }),
    )
  }
  const fetchOne = async ({ photo, url }: { photo: WantedPhoto; url: string | undefined }) => {
    const bytes = url === undefined ? undefined : await download(seams, photo, url).catch(postponeOne)
    if (state.stopped) return
    if (bytes === undefined) return write(db, (tx) => postponeWanted(tx, photo, clock.nowMs()))
    await folder.save([photo.hash, photo.size], bytes)
    if (state.stopped) return // not marked: it is fetched again, which costs only time
    write(db, (tx) => markCached(tx, photo, bytes.byteLength, clock.nowMs()))
    seams.onArrived(photo.hash)
  }

  /** One photo that hangs, breaks off or is too long is tried later; it never holds up the others. */
  const postponeOne = (cause: unknown): undefined => {
    const error = AppError.from(cause)
    if (error.code !== 'server.unreachable' || error.detail['sent'] === false) throw cause
    return undefined
  }

  const prefetch = async () => {
    while (!state.stopped && seams.mayFetch()) {
      const batch = listWanted(db, clock.nowMs(), BATCH)
      if (batch.length === 0) break
      await fetchBatch(batch)
    }
    if (!state.stopped) await evict(seams)
  }
  const fetchUrgent = async () => {
    while (state.urgent.size > 0 && !state.stopped && seams.mayFetch()) {
      const batch = [...state.urgent.values()].slice(-BATCH)
      for (const photo of batch) state.urgent.delete(keyOf(photo))
      await fetchBatch(batch.filter((photo) => !isCached(db, photo)))
    }
  }
  const wake = () => {
    if (state.stopped) return
    state.running ??= guard(prefetch()).finally(() => {
      state.running = undefined
    })
  }
  const wakeUrgent = () => {
    state.urgentRun ??= guard(fetchUrgent()).finally(() => {
      state.urgentRun = undefined
    })
  }
  /** The server is away, or the line broke: the wishes stay in the store. */
  const guard = (work: Promise<void>) =>
    work.catch((cause: unknown) => {
      const error = AppError.from(cause)
      if (error.code === 'internal' && !state.stopped) seams.logger.error('photos.failed', error.cause ?? error)
    })
  const poll = () => {
    if (state.used.size > 0) {
      const used = [...state.used.values()]
      state.used.clear()
      write(db, (tx) => used.forEach((key) => touchCached(tx, key, clock.nowMs())))
    }
    wake()
  }
  state.timer = setInterval(poll, POLL_MS).unref()

  const get: PhotoCache['get'] = async (hash, size) => {
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
    write(db, (tx) => {
      dropCached(tx, key)
      wantNow(tx, key, clock.nowMs())
    })
    state.urgent.set(keyOf(key), known)
    wakeUrgent()
    return null
  }

  return {
    get,
    wake,
    stop: async () => {
      state.stopped = true
      clearInterval(state.timer)
      await Promise.all([state.running, state.urgentRun])
    },
  }
}

/** @returns undefined when the bytes are not the ones that the feed promised */
async function download(seams: PhotoSeams, photo: WantedPhoto, url: string): Promise<Buffer | undefined> {
  const answer = await seams.http.send({
    method: 'GET',
    url: new URL(url, seams.serverUrl).href,
    maxBytes: photo.bytes,
    timeoutMs: DOWNLOAD_WITHIN_MS,
  })
  const same = createHash('sha256').update(answer.body).digest('hex') === photo.sha256
  if (answer.status !== 200 || !same) {
    seams.logger.warn('photos.not-as-promised', { status: answer.status, same })
    return undefined
  }
  return answer.body
}

async function evict({ db, folder, budgetBytes = CACHE_BUDGET_BYTES, logger }: PhotoSeams): Promise<void> {
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

function keyOf({ hash, size }: PhotoKey): string {
  return `${hash}/${size}`
}
