import { AppError } from '../../server/contract/errors.ts'
import type { HttpHead, HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import { isNoAnswer, wasNotSent } from '../platform/server-failure.ts'
import type { WantedPhoto } from '../store/photos/wanted.ts'
import type { PartialFile } from './partial-file.ts'
import type { SealedFolder } from './sealed-folder.ts'

const DOWNLOAD_WITHIN_MS = 60_000

export type DownloadSeams = {
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly logger: Logger
  readonly folder: SealedFolder
  readonly isStopped: () => boolean
}
/** `further`: broken off, but with more on disk than before, so that going on at once makes sense. */
export type DownloadEnd = 'here' | 'further' | 'not-now'

/**
 * Goes on with what came of the photo before: the object is immutable and named by its hash, so that another address
 * of it continues the same bytes. All of them are compared with what the feed promised before the file gets its name.
 * @throws AppError what holds up other photos too: the server away, the disk full
 */
export async function downloadPhoto(seams: DownloadSeams, photo: WantedPhoto, url: string): Promise<DownloadEnd> {
  const partial = await seams.folder.resume([photo.hash, photo.size], photo.bytes)
  const before = partial.haveBytes()
  try {
    if (before < photo.bytes && !(await fetchRest(seams, partial, photo, url))) return 'not-now'
    if (seams.isStopped()) return 'not-now'
    return await keepIfRight(seams, partial, photo)
  } catch (cause) {
    const error = AppError.from(cause)
    if (!isNoAnswer(error.code) || wasNotSent(error)) throw error
    if (error.detail['reason'] === 'answer-too-large') {
      await partial.remove()
      return 'not-now'
    }
    return partial.haveBytes() > before ? 'further' : 'not-now'
  } finally {
    await partial.close()
  }
}

/** @returns false when what answered is no beginning or continuation of this photo */
function fetchRest(seams: DownloadSeams, partial: PartialFile, photo: WantedPhoto, url: string): Promise<boolean> {
  const have = partial.haveBytes()
  const what = {
    method: 'GET' as const,
    url: new URL(url, seams.serverUrl).href,
    ...(have === 0 ? {} : { headers: { range: `bytes=${have}-` } }),
    maxBytes: photo.bytes,
    timeoutMs: DOWNLOAD_WITHIN_MS,
  }
  return seams.http.receive(what, async (answer, body) => {
    if (answer.status === 416) await partial.remove() // it is shorter than what is here
    const place = placeOf(answer, have, photo.bytes)
    if (place === undefined) {
      seams.logger.warn('photos.not-as-promised', { status: answer.status, same: false })
      return false
    }
    if (place === 'whole' && have > 0) await partial.restart()
    for await (const part of body) {
      if (seams.isStopped()) return false
      await partial.append(part)
    }
    return true
  })
}

/** The whole, also when only the rest was asked for, or exactly that rest. */
function placeOf({ status, headers }: HttpHead, have: number, bytes: number): 'whole' | 'rest' | undefined {
  if (status === 200) return 'whole'
  const isRest = status === 206 && headers['content-range'] === `bytes ${have}-${bytes - 1}/${bytes}`
  return isRest && have > 0 ? 'rest' : undefined
}

/** Wrong bytes are thrown away whole: which of them are wrong nobody can say. */
async function keepIfRight(seams: DownloadSeams, partial: PartialFile, photo: WantedPhoto): Promise<DownloadEnd> {
  const same = partial.haveBytes() === photo.bytes && partial.sha256() === photo.sha256
  if (same) {
    await partial.keep()
    return 'here'
  }
  seams.logger.warn('photos.not-as-promised', { status: 200, same })
  await partial.remove()
  return 'not-now'
}
