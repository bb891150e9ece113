import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { callRoute } from '../contract/api/call.ts'
import { AppError } from '../contract/errors.ts'
import type { HttpClient } from './http-client.ts'
import type { PlannedPhoto } from './plan.ts'
import { type Retry, withRetry } from './retry.ts'

export type Sent = 'sent' | 'already'

/**
 * Brings one photo to the server; bytes that are there already are not sent again. Each attempt asks for a new
 * address, so one that expired on the way is simply replaced.
 */
export async function uploadPhoto(client: HttpClient, retry: Retry, photo: PlannedPhoto): Promise<Sent> {
  return await withRetry(retry, async () => {
    const { hash, mediaType, bytes } = photo
    const upload = await callRoute(client.call, 'scans.uploadUrl', { body: { hash, mediaType, bytes } })
    if (upload.already) return 'already'
    const answer = await client.put(upload.url, upload.headers, await readUnchanged(photo))
    return outcomeOf(answer.status)
  })
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
