import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { AppError } from '../../../contract/errors.ts'
import type { Clock } from '../../clock.ts'
import { createFile } from './durable-file.ts'
import { objectPath } from './object-path.ts'
import { type ByteRange, parseRange } from './range.ts'
import { isSignedBy } from './signature.ts'

export type SignedQuery = { readonly expires: string | undefined; readonly signature: string | undefined }
type Headers = Readonly<Record<string, string | string[] | undefined>>

export type ObjectAnswer =
  | { readonly kind: 'whole' | 'part'; readonly range: ByteRange; readonly totalBytes: number; readonly body: Readable }
  | { readonly kind: 'unsatisfiable'; readonly totalBytes: number }

/** The receiving side of the folder store's presigned addresses. The HTTP border calls it; it knows no framework. */
export type SignedRequests = {
  /** @throws AppError `upload.signature`, `upload.length`, `upload.exists` */
  receive(key: string, query: SignedQuery, headers: Headers, body: AsyncIterable<Uint8Array>): Promise<void>
  /** @throws AppError `upload.signature`, `not-found` */
  send(key: string, query: SignedQuery, range: string | undefined): Promise<ObjectAnswer>
}

export function answerSignedRequests(options: {
  readonly root: string
  readonly secret: Uint8Array
  readonly clock: Clock
}): SignedRequests {
  const check = (what: Parameters<typeof isSignedBy>[1], query: SignedQuery) => {
    if (!isSignedBy(options.secret, what, query.signature ?? '', options.clock.nowMs()))
      throw new AppError('upload.signature')
  }
  return {
    receive: async (key, query, headers, body) => {
      const bytes = Number(one(headers['content-length']))
      const sha256 = one(headers['x-loupe-sha256'])
      const mediaType = one(headers['content-type'])
      if (one(headers['if-none-match']) !== '*') throw new AppError('upload.signature')
      check({ method: 'PUT', key, bytes, mediaType, sha256, expiresAtMs: Number(query.expires) }, query)
      await createFile(objectPath(options.root, key), body, { bytes, sha256 })
    },
    send: async (key, query, rangeHeader) => {
      check({ method: 'GET', key, expiresAtMs: Number(query.expires) }, query)
      const path = objectPath(options.root, key)
      const totalBytes = await sizeOf(path)
      const range = parseRange(rangeHeader, totalBytes)
      if (range === 'unsatisfiable') return { kind: 'unsatisfiable', totalBytes }
      const whole = { start: 0, end: totalBytes - 1 }
      const part = range ?? whole
      const body = createReadStream(path, totalBytes === 0 ? {} : part)
      return { kind: range === undefined ? 'whole' : 'part', range: part, totalBytes, body }
    },
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('not-found', {}, { cause })
    throw cause
  }
}

function one(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}
