import { randomBytes } from 'node:crypto'
import { argon2idAsync as byNoble } from '@noble/hashes/argon2.js'
import { expect, test } from 'vitest'
import { argon2idAsync as byNode } from './native-argon2.ts'

test('both make the same key of a passphrase', async () => {
  const [text, salt] = [new TextEncoder().encode('Zürich am See'), randomBytes(16)]
  const options = { m: 65_536, t: 3, p: 1, dkLen: 32, maxmem: 2 ** 31 }
  expect(Buffer.from(await byNode(text, salt, options))).toEqual(Buffer.from(await byNoble(text, salt, options)))
})
