import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { AppError } from '../../server/contract/errors.ts'

/** What this client asks for. */
export const ACCEPTED_ENCODINGS = 'zstd, gzip'

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  zstd: promisify(zstdDecompress),
  gzip: promisify(gunzip),
}

/** @throws AppError `server.not-loupe`: packed otherwise than was asked for, broken, or larger than `maxBytes` once unpacked */
export async function unpackAnswer(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding === '' || encoding === 'identity') return bytes
  const unpack = UNPACK[encoding]
  if (unpack === undefined) throw new AppError('server.not-loupe', { reason: 'content-encoding' })
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    throw new AppError('server.not-loupe', { reason: 'unpacking' }, { cause })
  }
}
