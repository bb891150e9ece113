import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { expect, vi } from 'vitest'
import { ROUTES } from '../contract/api/routes.ts'
import {
  type CompleteUpload,
  PresignedPart,
  PresignedUpload,
  SessionProgress,
  StartedUpload,
} from '../contract/api/shapes.ts'
import { View } from '../contract/domain/views.ts'
import type { ServerProcess } from './server-process.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What a patient's device does: presigned upload, session, and asking until it is published. */
export async function sendPhoto(server: ServerProcess, intake: string): Promise<SessionProgress> {
  const create = { width: 1200, height: 900, channels: 3, background: '#b07868' } as const
  const hash = await uploadBytes(server, intake, await sharp({ create }).jpeg().toBuffer())
  return untilPublished(server, intake, await createSessionOf(server, intake, [hash]))
}

/** @returns the hash under which a session names the photo */
export async function uploadBytes(server: ServerProcess, intake: string, photo: Buffer): Promise<string> {
  const hash = hashOf(photo)
  const announced = { hash, bytes: photo.length, mediaType: 'image/jpeg' }
  const upload = PresignedUpload.parse((await server.call('POST', '/api/v1/scans/upload-url', intake, announced)).json)
  if (upload.already) throw new Error('A fresh server already has this photo')
  const headers = { ...upload.headers, 'content-length': String(photo.length) }
  expect((await send(server, upload.url, { method: 'PUT', headers }, photo)).statusCode).toBe(200)
  return hash
}

/** One of more than 8 MiB, in parts. @returns the published session's progress */
export async function sendLargePhoto(server: ServerProcess, intake: string): Promise<SessionProgress> {
  const raw = { width: 2600, height: 2000, channels: 3 } as const
  const photo = await sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer() // noise cannot be packed
  const hash = hashOf(photo)
  const post = async (route: 'startUpload' | 'uploadPart' | 'completeUpload', body: unknown) =>
    (await server.call('POST', ROUTES[`scans.${route}`].path, intake, body)).json
  const announced = { hash, bytes: photo.length, mediaType: 'image/jpeg' }
  const started = StartedUpload.parse(await post('startUpload', announced))
  if (started.already) throw new Error('A fresh server already has this photo')
  const { uploadId, partBytes } = started
  const parts: CompleteUpload['parts'] = []
  for (let from = 0; from < photo.length; from += partBytes) {
    const piece = photo.subarray(from, from + partBytes)
    const about = { part: parts.length + 1, sha256: hashOf(piece) }
    const address = PresignedPart.parse(await post('uploadPart', { hash, uploadId, ...about }))
    if (address.already) throw new Error('A fresh upload already has this part')
    const headers = { ...address.headers, 'content-length': String(piece.length) }
    const answer = await send(server, address.url, { method: 'PUT', headers }, piece)
    expect(answer.statusCode).toBe(200)
    parts.push({ ...about, etag: answer.headers.etag ?? '' })
  }
  expect(parts.length).toBeGreaterThan(1)
  expect(await post('completeUpload', { hash, uploadId, parts })).toEqual({ stored: true })
  return untilPublished(server, intake, await createSessionOf(server, intake, [hash]))
}

/** @returns the session's id */
export async function createSessionOf(
  server: ServerProcess,
  intake: string,
  hashes: readonly string[],
): Promise<string> {
  const sessionId = randomUUID()
  const created = await server.call('POST', '/api/v1/scans/sessions', intake, {
    sessionId,
    patient: { reference: 'NS-0001' },
    capturedOn: '2026-01-15',
    stage: 4,
    aligners: 'in',
    images: hashes.map((hash, i) => ({ view: View.options[i], hash, mirrored: 'none' })),
  })
  expect(created.status).toBe(200)
  return sessionId
}

export function untilPublished(
  server: ServerProcess,
  intake: string,
  sessionId: string,
  timeout = 120_000,
): Promise<SessionProgress> {
  return vi.waitFor(
    async () => {
      const answer = await server.call('GET', `/api/v1/scans/sessions/${sessionId}`, intake)
      const progress = SessionProgress.parse(answer.json)
      expect(progress.state).toBe('published')
      return progress
    },
    { timeout, interval: 100 },
  )
}

/** What a workstation does for its queue: the small rendition by a presigned address, its hash checked. */
export async function readRendition(
  server: ServerProcess,
  authorization: string,
  { images }: SessionProgress,
): Promise<{ isWhole: boolean; widthPx: number }> {
  const photos = images.map(({ hash }) => ({ hash, size: '512' }))
  const answer = await server.call('POST', '/api/v1/photos/download-urls', authorization, { photos })
  const [found] = ROUTES['photos.downloadUrls'].output.parse(answer.json).urls
  if (found === undefined || found === null) throw new Error('The published photo has no address')
  const bytes = await buffer(await send(server, found.url, {}))
  const isWhole = bytes.length === found.bytes && hashOf(bytes) === found.sha256
  return { isWhole, widthPx: (await sharp(bytes).metadata()).width }
}

function send(
  server: ServerProcess,
  url: string,
  options: { method?: string; headers?: Record<string, string> },
  body?: Buffer,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  const sent = request(url, { ...options, ca: server.ca }, (answer) => {
    if (options.method === 'PUT') answer.resume()
    resolve(answer)
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}
