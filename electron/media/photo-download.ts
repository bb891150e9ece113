import { createHash } from 'node:crypto'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import type { WantedPhoto } from '../store/photos/wanted.ts'

const DOWNLOAD_WITHIN_MS = 60_000

/** @returns undefined when the bytes are not the ones that the feed promised: they are never kept */
export async function downloadPhoto(
  seams: { readonly http: HttpsClient; readonly serverUrl: string; readonly logger: Logger },
  photo: WantedPhoto,
  url: string,
): Promise<Buffer | undefined> {
  const answer = await seams.http.send({
    method: 'GET',
    url: new URL(url, seams.serverUrl).href,
    maxBytes: photo.bytes,
    timeoutMs: DOWNLOAD_WITHIN_MS,
  })
  const same = createHash('sha256').update(answer.body).digest('hex') === photo.sha256
  if (answer.status === 200 && same) return answer.body
  seams.logger.warn('photos.not-as-promised', { status: answer.status, same })
  return undefined
}
