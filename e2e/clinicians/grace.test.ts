import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueRow } from '../../preload/contract/queue.ts'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import { ROOT } from '../support/practice.ts'
import { runProgram } from '../support/process.ts'
import { type MortalServer, startMortalServer } from '../torture/mortal-server.ts'
import { writeManifest } from '../torture/sessions.ts'
import { type Seat, takeSeat } from './seat.ts'

/** Two computers and a real server: a decision can be taken back until it leaves, and each sees what the other has open. */
const state = { folder: '', server: undefined as MortalServer | undefined, seats: [] as Seat[] }
const GRACE_MS = STANDARD_RULES.graceSeconds * 1000
let alma: Seat
let jonas: Seat
let rows: readonly QueueRow[]

beforeAll(async () => {
  state.folder = await mkdtemp(path.join(tmpdir(), 'loupe-clinicians-'))
  state.server = await startMortalServer(path.join(state.folder, 'practice'))
  const { url, caFile, dataDir } = state.server
  const manifest = await writeManifest(path.join(state.folder, 'photos'))
  const flags = ['--server', url, '--ca', caFile, '--data', dataDir, '--practice', 'Northside Orthodontics']
  const intake = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
  if ((await intake.exited) !== 0) throw new Error(`the intake failed:\n${intake.log().slice(-2000)}`)
  for (const subject of ['alma.reyes', 'jonas.adler'])
    state.seats.push(await takeSeat(state.server, state.folder, subject, { graceMs: null }))
  ;[alma, jonas] = state.seats as [Seat, Seat]
  for (const seat of state.seats)
    await seat.until(async ({ lastSyncedAtMs }) => lastSyncedAtMs !== null && (await listRows(seat)).length === 30)
  rows = await listRows(alma)
})
afterAll(async () => {
  for (const seat of state.seats) await seat.leave()
  if (state.server?.isUp() === true) await state.server.end()
  await rm(state.folder, { recursive: true, force: true })
})

const listRows = async (seat: Seat) => {
  const all = { lane: 'all', sort: 'submitted', descending: false, search: '', offset: 0, limit: 100 } as const
  return (await seat.call('queue.page', all)).rows
}
const idAt = (index: number) => {
  const row = rows[index]
  if (row === undefined) throw new Error(`no scan ${index}`)
  return row.sessionId
}
const look = (seat: Seat, index: number) => seat.call('review.onScreen', { sessionId: idAt(index) })
const hold = async (seat: Seat, index: number) => {
  const read = RecordRead.parse({
    readId: v7(),
    actionId: v7(),
    sessionId: idAt(index),
    sessionVersion: 1,
    overallTracking: 3,
    alignerFit: 3,
    oralHygiene: 1,
    aligners: 'in',
    detailTags: [],
    action: { kind: 'hold_aligner', days: 7 },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: Date.now(),
  })
  await seat.decide(read)
  return read
}
const seen = async (seat: Seat, index: number) =>
  (await seat.open({ id: idAt(index) })).reads.map(({ read }) => read.readId)
const pull = (seat: Seat) => seat.call('sync.now', null)

test('a decision counts down, and taken back it was never heard of elsewhere', async () => {
  await look(alma, 0)
  const { readId } = await hold(alma, 0)
  const last = await alma.call('review.lastDecision', null)
  expect(last).toMatchObject({ readId, sessionId: idAt(0), graceMs: GRACE_MS })
  const leftMs = (last?.releasesAtMs ?? 0) - Date.now()
  expect(leftMs).toBeGreaterThan(0)
  expect(leftMs).toBeLessThanOrEqual(GRACE_MS)
  await pull(alma)
  await alma.call('review.takeBack', { readId })
  expect(await seen(alma, 0)).toEqual([])
  expect((await alma.status()).waitingCount).toBe(0)
})

test('with the second next case it is with the colleague, while the decision after it still waits', async () => {
  const first = await hold(alma, 0)
  await look(alma, 1)
  const second = await hold(alma, 1)
  await look(alma, 2)
  await jonas.until(async () => (await seen(jonas, 0)).length > 0)
  expect(await seen(jonas, 0)).toEqual([first.readId]) // and not what was taken back
  expect(await seen(jonas, 1)).toEqual([])
  expect((await alma.call('review.lastDecision', null))?.readId).toBe(second.readId)
})

test('a kill in the middle of the countdown loses nothing, and it leaves by itself', async () => {
  const third = await hold(alma, 2)
  await alma.die()
  expect((await alma.open({ id: idAt(2) })).reads.map(({ sent }) => sent)).toEqual([false])
  await jonas.until(async () => (await seen(jonas, 2)).length > 0)
  expect(await seen(jonas, 2)).toEqual([third.readId])
  await alma.inStep()
  await expect(alma.call('review.takeBack', { readId: third.readId })).rejects.toMatchObject({
    code: 'read.already-sent',
  })
})

test('whoever locks lets their decision go: the colleague has it, and what was taken back before stays unheard of', async () => {
  const unwanted = await hold(alma, 3)
  await alma.call('review.takeBack', { readId: unwanted.readId })
  const wanted = await hold(alma, 4)
  expect(await alma.call('app.lock', null)).toMatchObject({ phase: 'locked', letGo: { sentCount: 1, keptCount: 0 } })
  await jonas.until(async () => (await seen(jonas, 4)).length > 0)
  expect([await seen(jonas, 3), await seen(jonas, 4)]).toEqual([[], [wanted.readId]])
  await alma.unlock()
})

test('each sees which case the other has open, and that it is closed when they lock', async () => {
  await look(alma, 5)
  await look(jonas, 6)
  const others = async (seat: Seat) =>
    (await seat.call('review.presence', null)).map(({ sessionId, name }) => [sessionId, name])
  await jonas.until(async () => (await others(jonas)).some(([sessionId]) => sessionId === idAt(5)))
  await alma.until(async () => (await others(alma)).length > 0)
  expect(await others(jonas)).toEqual([[idAt(5), 'Dr Alma Reyes']])
  expect(await others(alma)).toEqual([[idAt(6), 'Dr Jonas Adler']])
  await alma.call('app.lock', null)
  await jonas.until(async () => (await others(jonas)).length === 0)
})
