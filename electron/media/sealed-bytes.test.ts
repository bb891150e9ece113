import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { seal, unseal } from './sealed-bytes.ts'

const key = randomBytes(32)
const MIB = 1024 * 1024

it.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 5])('gives %i bytes back unchanged', (size) => {
  const plain = randomBytes(size)
  expect(unseal(key, seal(key, plain))?.equals(plain)).toBe(true)
})

it('knows a file that was cut at a chunk, changed in one bit, reordered, or sealed with another key', () => {
  const sealed = seal(key, randomBytes(3 * MIB))
  const chunk = MIB + 16
  const flipped = Buffer.from(sealed)
  flipped.writeUInt8(flipped.readUInt8(5000) ^ 1, 5000)
  const swapped = Buffer.concat([
    sealed.subarray(0, 20),
    sealed.subarray(20 + chunk, 20 + 2 * chunk),
    sealed.subarray(20, 20 + chunk),
    sealed.subarray(20 + 2 * chunk),
  ])
  for (const bad of [sealed.subarray(0, 20 + chunk), sealed.subarray(0, 30), flipped, swapped]) {
    expect(unseal(key, bad)).toBeUndefined()
  }
  expect(unseal(randomBytes(32), sealed)).toBeUndefined()
})

it('never seals the same bytes to the same file', () => {
  expect(seal(key, Buffer.from('a')).equals(seal(key, Buffer.from('a')))).toBe(false)
})
