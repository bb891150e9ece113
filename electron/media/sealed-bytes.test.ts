import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { CHUNK_BYTES, HEAD_BYTES, seal, SEALED_CHUNK_BYTES, unseal } from './sealed-bytes.ts'

const key = randomBytes(32)
const MIB = 1024 * 1024

it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * MIB, 3 * MIB + 5])(
  'gives %i bytes back unchanged',
  (size) => {
    const plain = randomBytes(size)
    expect(unseal(key, seal(key, plain))?.equals(plain)).toBe(true)
  },
)

it('knows a file that was cut at a chunk, changed in one bit, reordered, or sealed with another key', () => {
  const sealed = seal(key, randomBytes(3 * CHUNK_BYTES))
  const chunk = SEALED_CHUNK_BYTES
  const flipped = Buffer.from(sealed)
  flipped.writeUInt8(flipped.readUInt8(5000) ^ 1, 5000)
  const swapped = Buffer.concat([
    sealed.subarray(0, HEAD_BYTES),
    sealed.subarray(HEAD_BYTES + chunk, HEAD_BYTES + 2 * chunk),
    sealed.subarray(HEAD_BYTES, HEAD_BYTES + chunk),
    sealed.subarray(HEAD_BYTES + 2 * chunk),
  ])
  for (const bad of [sealed.subarray(0, HEAD_BYTES + chunk), sealed.subarray(0, 30), flipped, swapped]) {
    expect(unseal(key, bad)).toBeUndefined()
  }
  expect(unseal(randomBytes(32), sealed)).toBeUndefined()
})

it('never seals the same bytes to the same file', () => {
  expect(seal(key, Buffer.from('a')).equals(seal(key, Buffer.from('a')))).toBe(false)
})

it('reads what the first version sealed, and refuses it changed', () => {
  const first = Buffer.from(
    '4c504531ee30e5ef6f641e7c2b300e6f31538aa984569da78d403bf72be97db4d1dada0f0a178fb3dc30948478227079db',
    'hex',
  )
  const itsKey = Buffer.alloc(32, 7)
  expect(unseal(itsKey, first)?.toString()).toBe('an older file')
  first.writeUInt8(first.readUInt8(25) ^ 1, 25)
  expect(unseal(itsKey, first)).toBeUndefined()
})
