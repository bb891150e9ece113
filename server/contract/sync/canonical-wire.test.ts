import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PROTOCOL_VERSION } from '../protocol-version.ts'
import { canonicalWire, wireSchemas } from './canonical-wire.ts'

const Golden = z.record(z.string().regex(/^[1-9]\d*$/), z.string().regex(/^[0-9a-f]{64}$/))
const golden = Golden.parse(JSON.parse(await readFile(new URL('wire-hashes.json', import.meta.url), 'utf8')))
const hashOf = (schemas: Readonly<Record<string, z.ZodType>>) =>
  createHash('sha256').update(canonicalWire(schemas)).digest('hex')

test('what goes over the wire is what this protocol version says', () => {
  expect(
    hashOf(wireSchemas()),
    `The wire schemas changed. Raise PROTOCOL_VERSION (protocol-version.ts), add the hash above under that number to
     wire-hashes.json, and leave the older lines as they are: they stand for workstations in the field.`,
  ).toBe(golden[PROTOCOL_VERSION])
})

test('every version up to this one has its hash, and no two versions are the same', () => {
  const versions = Object.keys(golden).map(Number)
  expect(versions).toEqual(Array.from({ length: PROTOCOL_VERSION }, (_, i) => i + 1))
  expect(new Set(Object.values(golden)).size).toBe(versions.length)
})

test('the order in which fields and schemas are written is no change', () => {
  const a = { x: z.strictObject({ one: z.string(), two: z.int() }), y: z.string() }
  const b = { y: z.string(), x: z.strictObject({ two: z.int(), one: z.string() }) }
  expect(hashOf(a)).toBe(hashOf(b))
})

test.each<[string, (schemas: Readonly<Record<string, z.ZodType>>) => Readonly<Record<string, z.ZodType>>]>([
  [
    'a field more in a row of the feed',
    (s) => ({ ...s, 'entity practice': z.strictObject({ id: z.uuid(), name: z.string(), city: z.string() }) }),
  ],
  ['a mutation more', (s) => ({ ...s, 'mutation patient.change 1': z.strictObject({}) })],
  [
    'another bound',
    (s) => ({ ...s, 'entity practice': z.strictObject({ id: z.uuid(), name: z.string().min(1).max(201) }) }),
  ],
  ['another code of errors', (s) => ({ ...s, error: z.object({ code: z.enum(['made.up']) }) })],
])('%s is a change', (_, change) => {
  expect(hashOf(change(wireSchemas()))).not.toBe(hashOf(wireSchemas()))
})

test('an unknown field is refused by a strict schema and let pass by a loose one: the hash tells them apart', () => {
  expect(hashOf({ x: z.strictObject({ a: z.string() }) })).not.toBe(hashOf({ x: z.object({ a: z.string() }) }))
  expect(hashOf({ x: z.looseObject({ a: z.string() }) })).not.toBe(hashOf({ x: z.strictObject({ a: z.string() }) }))
})
