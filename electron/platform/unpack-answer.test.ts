import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unpackAnswer } from './unpack-answer.ts'

const words = Buffer.from('{"rows":[]}'.repeat(1000))

it.each([
  ['zstd', zstdCompressSync(words)],
  ['gzip', gzipSync(words)],
  ['', words],
])('what came packed as "%s" is what was sent', async (encoding, bytes) => {
  expect(await unpackAnswer(bytes, encoding, words.length)).toEqual(words)
})

it.each([
  ['is larger than allowed once unpacked', 'zstd', zstdCompressSync(words), words.length - 1],
  ['is broken', 'gzip', gzipSync(words).subarray(5), words.length],
  ['is packed in a way that nobody asked for', 'br', words, words.length],
])('an answer that %s is not the server’s', async (_, encoding, bytes, maxBytes) => {
  await expect(unpackAnswer(bytes, encoding, maxBytes)).rejects.toMatchObject({ code: 'server.not-loupe' })
})
