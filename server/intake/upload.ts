import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { callRoute } from '../contract/api/call.ts'
import type { CompleteUpload } from '../contract/api/shapes.ts'
import { partCountOf, UPLOAD_PART_BYTES } from '../contract/domain/photos.ts'
import { AppError } from '../contract/errors.ts'
import type { HttpAnswer, HttpClient } from './http-client.ts'
import type { PlannedPhoto } from './plan.ts'
import { type Retry, withRetry } from './retry.ts'

export type Sent = 'sent' | 'already'

/**
 * Brings one photo to the server; bytes that are there already are not sent again. Each attempt asks for a new
 * address, so one that expired on the way is simply replaced.
 */
export async function uploadPhoto(client: HttpClient, retry: Retry, photo: PlannedPhoto): Promise<Sent> {
  const inParts = photo.bytes > UPLOAD_PART_BYTES ? await uploadInParts(client, retry, photo) : undefined
  return inParts ?? (await uploadWhole(client, retry, photo))
}

async function uploadWhole(client: HttpClient, retry: Retry, photo: PlannedPhoto): Promise<Sent> {
  return await withRetry(retry, async () => {
    const { hash, mediaType, bytes } = photo
    const upload = await callRoute(client.call, 'scans.uploadUrl', { body: { hash, mediaType, bytes } })
    if (upload.already) return 'already'
    const answer = await client.put(upload.url, upload.headers, await readUnchanged(photo))
    return outcomeOf(answer.status)
  })
}

/**
 * Part by part, each with its own attempts: a broken line costs one part.
 * @returns undefined when the server knows no parts
 */
async function uploadInParts(client: HttpClient, retry: Retry, photo: PlannedPhoto): Promise<Sent | undefined> {
  const { hash, mediaType } = photo
  const bytes = await readUnchanged(photo)
  const begin = () =>
    callRoute(client.call, 'scans.startUpload', { body: { hash, mediaType, bytes: bytes.byteLength } })
  const started = await withRetry(retry, begin).catch((cause: unknown) => {
    if (AppError.from(cause).code === 'not-found') return undefined
    throw cause
  })
  if (started === undefined) return undefined
  if (started.already) return 'already'
  const { uploadId } = started
  const parts: CompleteUpload['parts'] = []
  for (let part = 1; part <= partCountOf(bytes.byteLength); part++) {
    const piece = bytes.subarray((part - 1) * UPLOAD_PART_BYTES, part * UPLOAD_PART_BYTES)
    const sha256 = createHash('sha256').update(piece).digest('hex')
    const etag = await withRetry(retry, async () => {
      const address = await callRoute(client.call, 'scans.uploadPart', { body: { hash, uploadId, part, sha256 } })
      return address.already ? address.etag : etagOf(await client.put(address.url, address.headers, piece))
    })
    parts.push({ part, etag, sha256 })
  }
  await withRetry(retry, () => callRoute(client.call, 'scans.completeUpload', { body: { hash, uploadId, parts } }))
  return 'sent'
}

function etagOf({ status, etag }: HttpAnswer): string {
  // Another attempt has just brought this part: the next address comes with its etag.
  if (outcomeOf(status) === 'already' || etag === undefined) throw new AppError('server.busy', { status })
  return etag
}

/** By status alone: the address may belong to an object store whose answers are not ours. */
function outcomeOf(status: number): Sent {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 412) return 'already' // another run or another session was first with the same bytes
  // 403: the address expired on the way. Asking again is cheap, and a key that is really denied fails there.
  if (status === 403 || status === 408 || status === 409 || status === 429 || status >= 500)
    throw new AppError('server.busy', { status })
  throw new AppError('upload.length', { status })
}

/** The session names the photo by the hash it had when the run began. */
async function readUnchanged(photo: PlannedPhoto): Promise<Uint8Array> {
  const bytes = await readFile(photo.path)
  if (createHash('sha256').update(bytes).digest('hex') !== photo.hash)
    throw new AppError('upload.length', { row: photo.row })
  return bytes
}
