import { v7 } from 'uuid'
import { expect, it } from 'vitest'
import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '../../server/contract/sync/wire.ts'
import { aDecision, aPatient, aSession } from '../store/testing.ts'
import { type ExportedMutation, OutboxContents } from './contents.ts'
import { chunksOf } from './import-outbox.ts'
import { listStale, selectAll, selectFresh } from './selection.ts'

const HOUR_MS = 3_600_000
const NOW_MS = 18e11
const patient = aPatient()
const scan = aSession(patient.id)
const other = aSession(patient.id)
const NONE = { action: { kind: 'none' } }
const never = () => false

type Wish = Partial<ExportedMutation> & { readonly ageH?: number }
const read = (of: typeof scan, change: object, { ageH = 1, ...wish }: Wish = {}) => ({
  name: 'read.record',
  args: aDecision(of, change),
  queuedAtMs: NOW_MS - ageH * HOUR_MS,
  ...wish,
})
const contentsOf = (...mutations: readonly object[]): OutboxContents =>
  OutboxContents.parse({
    practiceId: v7(),
    practiceName: 'Testing Orthodontics',
    person: { id: v7(), displayName: 'Dr Vera Blum' },
    clientId: v7(),
    exportedAtMs: NOW_MS,
    mutations: mutations.map((mutation, index) => ({
      id: v7(),
      clientSeq: index + 1,
      version: 1,
      base: {},
      queuedAtMs: NOW_MS,
      ...mutation,
    })),
  })
const staleOf = (contents: OutboxContents, isInForce: (readId: string) => boolean = never) =>
  listStale(contents, NOW_MS, isInForce)
const seqsOf = (contents: OutboxContents, ids: readonly { id: string }[]) =>
  ids.map(({ id }) => contents.mutations.findIndex((mutation) => mutation.id === id) + 1)

it('asks for instructions to patients of over a day, and for nothing else', () => {
  const contents = contentsOf(
    read(scan, {}, { ageH: 25 }),
    read(scan, {}, { ageH: 23 }),
    read(scan, NONE, { ageH: 700 }),
    read(scan, {}, { ageH: 700, confirmedAtMs: NOW_MS - HOUR_MS }),
    read(scan, {}, { ageH: 700, confirmedAtMs: NOW_MS - 25 * HOUR_MS }),
    read(scan, {}, { ageH: -48 }), // the clock was wrong: its age means nothing
    { name: 'patient.change', args: { patientId: patient.id, set: { givenName: 'Ada' } }, queuedAtMs: 0 },
    { name: 'of.tomorrow', args: { whatever: 1 }, queuedAtMs: 0 },
  )
  expect(seqsOf(contents, staleOf(contents))).toEqual([1, 5, 6])
  const first = contents.mutations[0]?.args as { readId: string } // a read, made above
  expect(
    seqsOf(
      contents,
      staleOf(contents, (readId) => readId === first.readId),
    ),
  ).toEqual([5, 6])
})

it('leaves an old instruction out with what came after it on the same scan, and numbers the rest anew', () => {
  const contents = contentsOf(
    read(scan, NONE, { ageH: 30 }),
    read(scan, {}, { ageH: 29 }),
    read(other, {}),
    read(scan, NONE),
    { name: 'access.record', args: { displayed: [] } },
  )
  const { mutations } = selectFresh(contents, staleOf(contents))
  expect(seqsOf(contents, mutations)).toEqual([1, 3, 5])
  expect(mutations.map(({ clientSeq }) => clientSeq)).toEqual([1, 2, 3])
  expect(mutations.some((mutation) => 'queuedAtMs' in mutation)).toBe(false)
})

it('sends everything in its order once somebody has confirmed, and says so of the old ones alone', () => {
  const contents = contentsOf(read(scan, {}, { ageH: 30 }), read(other, {}), read(scan, NONE))
  const { mutations } = selectAll(contents, staleOf(contents), NOW_MS)
  expect(seqsOf(contents, mutations)).toEqual([1, 2, 3])
  expect(mutations.map(({ confirmedAtMs }) => confirmedAtMs)).toEqual([NOW_MS, undefined, undefined])
})

it('gives the same selection the same client id, and another one another', () => {
  const contents = contentsOf(read(scan, {}, { ageH: 30 }), read(other, {}))
  const stale = staleOf(contents)
  const all = selectAll(contents, stale, NOW_MS).clientId
  expect(selectAll(contents, stale, NOW_MS + HOUR_MS).clientId).toBe(all)
  expect(selectFresh(contents, stale).clientId).not.toBe(all)
  expect(selectFresh(contents, stale).clientId).toBe(selectFresh(contents, stale).clientId)
  expect(selectAll({ ...contents, clientId: contentsOf(read(scan, {})).clientId }, stale, NOW_MS).clientId).not.toBe(
    all,
  )
})

it('cuts into requests that the server takes', () => {
  const small = selectFresh(contentsOf(...Array.from({ length: 250 }, () => read(scan, NONE))), []).mutations
  expect(chunksOf(small).map((chunk) => chunk.length)).toEqual([MAX_PUSH_MUTATIONS, MAX_PUSH_MUTATIONS, 50])
  const notes = 'ü'.repeat(1900)
  const wide = Array.from({ length: 90 }, () => ({ name: 'of.tomorrow', args: { long: notes.repeat(10) } }))
  const chunks = chunksOf(selectFresh(contentsOf(...wide), []).mutations)
  expect(chunks.flat()).toHaveLength(90)
  expect(chunks.length).toBeGreaterThan(3)
  for (const chunk of chunks)
    expect(Buffer.byteLength(JSON.stringify({ mutations: chunk }))).toBeLessThan(MAX_PUSH_BYTES - 500)
})
