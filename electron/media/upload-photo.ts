import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { type MediaType, partCountOf, UPLOAD_PART_BYTES } from '../../server/contract/domain/photos.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { HttpAnswer, HttpsClient } from '../platform/https-client.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { dropUpload, findUpload, saveSentPart, saveUpload } from '../store/imports/uploads.ts'

const UPLOAD_WITHIN_MS = 120_000

export type UploadSeams = {
  readonly db: Database
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly isStopped: () => boolean
}
export type UploadedPhoto = { readonly hash: string; readonly bytes: Buffer; readonly mediaType: MediaType }

/**
 * Brings one photo to the object store, in one request or in parts; a broken line or a kill costs one part at most.
 * @throws AppError `upload.length` and other refusals of this photo; whatever else has to wait
 */
export async function uploadPhoto(seams: UploadSeams, api: ServerApi, photo: UploadedPhoto): Promise<void> {
  if (photo.bytes.byteLength <= UPLOAD_PART_BYTES) return uploadWhole(seams, api, photo)
  try {
    await uploadInParts(seams, api, photo)
  } catch (cause) {
    // The server has given the upload up meanwhile: what was sent is gone, and the next attempt begins anew.
    if (AppError.from(cause).code !== 'not-found') throw cause
    write(seams.db, (tx) => dropUpload(tx, photo.hash))
    throw new AppError('server.busy', { reason: 'upload-gone' }, { cause })
  }
}

async function uploadWhole(seams: UploadSeams, api: ServerApi, { hash, bytes, mediaType }: UploadedPhoto) {
  const address = await api.call('scans.uploadUrl', {
    body: { hash: PhotoHash.parse(hash), bytes: bytes.byteLength, mediaType },
  })
  if (address.already) return
  const { status } = await put(seams, address, bytes)
  if (status !== 412) refuseUnlessStored(status) // `If-None-Match: *`: the bytes are there already
}

async function uploadInParts(seams: UploadSeams, api: ServerApi, photo: UploadedPhoto): Promise<void> {
  const { db } = seams
  const hash = PhotoHash.parse(photo.hash)
  const count = partCountOf(photo.bytes.byteLength)
  const known = findUpload(db, hash) ?? (await start(seams, api, photo))
  if (known === 'already') return
  if (known === 'no-parts') return uploadWhole(seams, api, photo)
  const { uploadId } = known
  const sent = new Set(known.parts.map(({ part }) => part))
  for (let part = 1; part <= count; part++) {
    if (sent.has(part)) continue
    const bytes = photo.bytes.subarray((part - 1) * UPLOAD_PART_BYTES, part * UPLOAD_PART_BYTES)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const address = await api.call('scans.uploadPart', { body: { hash, uploadId, part, sha256 } })
    const etag = address.already ? address.etag : etagOf(await put(seams, address, bytes))
    if (seams.isStopped()) throw new AppError('server.unreachable') // a stopped workstation writes nothing
    write(db, (tx) => saveSentPart(tx, hash, { part, etag, sha256 })) // before the next: a kill never sends it twice
  }
  const parts = findUpload(db, hash)?.parts ?? []
  await api.call('scans.completeUpload', { body: { hash, uploadId, parts: [...parts] } })
  if (!seams.isStopped()) write(db, (tx) => dropUpload(tx, hash))
}

async function start({ db, isStopped }: UploadSeams, api: ServerApi, { hash, bytes, mediaType }: UploadedPhoto) {
  const body = { hash: PhotoHash.parse(hash), bytes: bytes.byteLength, mediaType }
  const started = await api.call('scans.startUpload', { body }).catch((cause: unknown) => {
    if (AppError.from(cause).code === 'not-found') return 'no-parts' as const // a server of before
    throw cause
  })
  if (started === 'no-parts') return started
  if (started.already) return 'already'
  if (isStopped()) throw new AppError('server.unreachable')
  write(db, (tx) => saveUpload(tx, hash, started.uploadId))
  return { uploadId: started.uploadId, parts: [] }
}

type Address = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

function put({ http, serverUrl }: UploadSeams, { url, headers }: Address, body: Uint8Array): Promise<HttpAnswer> {
  return http.send({
    method: 'PUT',
    url: new URL(url, serverUrl).href,
    headers,
    body,
    maxBytes: 64 * 1024,
    timeoutMs: UPLOAD_WITHIN_MS,
  })
}

/** A part that another attempt has just sent (412) has its etag told with the next address. */
function etagOf({ status, headers }: HttpAnswer): string {
  if (status === 412) throw new AppError('server.busy', { status })
  refuseUnlessStored(status)
  const { etag } = headers
  if (typeof etag !== 'string') throw new AppError('server.not-loupe', { reason: 'no-etag' })
  return etag
}

function refuseUnlessStored(status: number): void {
  if (status >= 200 && status < 300) return
  // S3 answers 404 for a part of an upload that is gone.
  if (status === 404) throw new AppError('not-found', { status })
  if (status >= 500 || status === 429) throw new AppError('server.busy', { status })
  if (status === 403) throw new AppError('upload.signature')
  throw new AppError('upload.length', { status })
}
