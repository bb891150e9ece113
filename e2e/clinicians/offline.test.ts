import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueRow } from '../../preload/contract/queue.ts'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import { ROOT } from '../support/practice.ts'
import { runProgram } from '../support/process.ts'
import { type MortalServer, startMortalServer } from '../torture/mortal-server.ts'
import { writeManifest } from '../torture/sessions.ts'
import { type Seat, takeSeat } from './seat.ts'

const SHIFTED_CLOCK = path.join(ROOT, 'electron/data/testing/shifted-clock.ts')

/** Two computers without a line to a real server, and a third that has one. */
const state = { folder: '', server: undefined as MortalServer | undefined, seats: [] as Seat[] }
let alma: Seat
let jonas: Seat
let naledi: Seat
let rows: readonly QueueRow[]

beforeAll(async () => {
  state.folder = await mkdtemp(path.join(tmpdir(), 'loupe-clinicians-'))
  state.server = await startMortalServer(path.join(state.folder, 'practice'))
  const { url, caFile, dataDir } = state.server
  const manifest = await writeManifest(path.join(state.folder, 'photos'))
  const flags = ['--server', url, '--ca', caFile, '--data', dataDir, '--practice', 'Northside Orthodontics']
  const intake = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
  if ((await intake.exited) !== 0) throw new Error(`the intake failed:\n${intake.log().slice(-2000)}`)
  for (const subject of ['alma.reyes', 'jonas.adler', 'naledi.mbeki'])
    state.seats.push(await takeSeat(state.server, state.folder, subject))
  ;[alma, jonas, naledi] = state.seats as [Seat, Seat, Seat]
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
const rowAt = (index: number): QueueRow => {
  const row = rows[index]
  if (row === undefined) throw new Error(`no scan ${index}`)
  return row
}
const readOf = (row: QueueRow, change: Partial<Record<keyof RecordRead, unknown>> = {}): RecordRead =>
  RecordRead.parse({
    readId: v7(),
    actionId: v7(),
    sessionId: row.sessionId,
    sessionVersion: 1,
    overallTracking: 1,
    alignerFit: 1,
    oralHygiene: 1,
    aligners: 'in',
    detailTags: [],
    action: { kind: 'none' },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: Date.now(),
    ...change,
  })
const stateAt = async (seat: Seat, row: QueueRow) => (await seat.open({ id: row.sessionId })).state
const withoutServer = async (work: () => Promise<void>) => {
  await state.server?.kill()
  await work()
  await state.server?.start()
}

test('two who tag the same scan offline disagree on both computers, and a third read settles it on all', async () => {
  const row = rowAt(0)
  const first = readOf(row, { overallTracking: 1, action: { kind: 'approve_progression', toStage: 5 } })
  const second = readOf(row, { overallTracking: 3, action: { kind: 'hold_aligner', days: 7 } })
  await withoutServer(async () => {
    await alma.decide(first)
    await jonas.decide(second)
    expect([await stateAt(alma, row), await stateAt(jonas, row)]).toEqual(['reviewed', 'reviewed'])
  })
  await alma.inStep()
  await jonas.inStep()
  for (const seat of [alma, jonas, naledi]) await seat.until(async () => (await stateAt(seat, row)) === 'discordant')
  for (const seat of [alma, jonas, naledi]) {
    const { reads } = await seat.open({ id: row.sessionId })
    expect(new Set(reads.map(({ read }) => read.readId))).toEqual(new Set([first.readId, second.readId]))
  }
  expect(await alma.call('attention.list', null)).toEqual([])
  await jonas.until(async () => (await jonas.call('attention.list', null)).length === 1)
  expect(await jonas.call('attention.list', null)).toMatchObject([
    { status: 'lost', wanted: { action: { kind: 'hold_aligner', days: 7 } }, winner: { mine: false } },
  ])

  const third = readOf(row, { overallTracking: 2, adjudicates: [first.readId, second.readId] })
  await naledi.decide(third)
  expect(await stateAt(naledi, row)).toBe('adjudicated') // at once, before the server has seen it
  for (const seat of [naledi, alma, jonas]) await seat.until(async () => (await stateAt(seat, row)) === 'adjudicated')
  const { reads, actions } = await jonas.open({ id: row.sessionId })
  expect(reads).toHaveLength(3)
  expect(actions.filter(({ outcome, kind }) => outcome === 'won' && kind !== 'none')).toMatchObject([
    { action: { kind: 'approve_progression', toStage: 5 } },
  ])
})

test('what has left is corrected by its author from another computer, and stands corrected on all', async () => {
  const row = rowAt(3)
  const first = readOf(row, { action: { kind: 'approve_progression', toStage: 5 } })
  await alma.decide(first)
  const outcomesOf = async (seat: Seat) =>
    (await seat.open({ id: row.sessionId })).actions.map(({ id, outcome }) => `${id} ${outcome}`).toSorted()
  await jonas.until(async () => (await outcomesOf(jonas)).length === 1)
  const corrects = { actionId: first.actionId, reason: 'Looked at 22 again' }
  const second = readOf(row, { supersedes: first.readId, action: { kind: 'hold_aligner', days: 7 }, corrects })
  // Offline; a colleague who does not know of it decides as well, and comes second to both.
  const theirs = readOf(row, { action: { kind: 'hold_aligner', days: 3 } })
  await withoutServer(async () => {
    await alma.decide(second)
    await jonas.decide(theirs)
  })
  const expected = [
    `${first.actionId} corrected`,
    `${second.actionId} won`,
    `${theirs.actionId} would_have_done`,
  ].toSorted()
  for (const seat of [alma, jonas, naledi])
    await seat.until(async () => (await outcomesOf(seat)).join() === expected.join())
  const toldOfTheirs = async () =>
    (await jonas.call('attention.list', null)).filter((entry) => entry.wanted?.readId === theirs.readId)
  // What he sees of his own was foreseen here: he is told once the server has said it.
  await jonas.until(async () => (await toldOfTheirs()).length > 0)
  expect(await toldOfTheirs()).toMatchObject([{ status: 'lost' }])
  expect((await alma.call('attention.list', null)).map((entry) => entry.wanted?.readId)).not.toContain(second.readId)
})

test('two who settle the same dispute offline are both kept, and the action that came first stands', async () => {
  const row = rowAt(1)
  const [first, second] = [readOf(row, { overallTracking: 1 }), readOf(row, { overallTracking: 3 })]
  await alma.decide(first)
  await jonas.decide(second)
  for (const seat of [alma, jonas]) await seat.until(async () => (await stateAt(seat, row)) === 'discordant')
  const adjudicates = [first.readId, second.readId]
  await withoutServer(async () => {
    await alma.decide(readOf(row, { adjudicates, action: { kind: 'hold_aligner', days: 3 } }))
    await jonas.decide(readOf(row, { adjudicates, action: { kind: 'hold_aligner', days: 9 } }))
  })
  await alma.inStep()
  await jonas.inStep()
  for (const seat of [alma, jonas, naledi])
    await seat.until(async () => (await seat.open({ id: row.sessionId })).reads.length === 4)
  for (const seat of [alma, jonas, naledi]) {
    const { state: now, actions } = await seat.open({ id: row.sessionId })
    expect(now).toBe('adjudicated')
    expect(
      actions
        .filter(({ kind }) => kind === 'hold_aligner')
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['won', 'would_have_done'])
  }
})

test('two who change one patient offline: different fields both arrive, the same field is shown to the second', async () => {
  const patientId = rowAt(6).patientId
  const both = [
    { seat: alma, own: { givenName: 'Ada' }, disputed: { totalStages: 20 } },
    { seat: jonas, own: { alignerBrand: 'Clear' }, disputed: { totalStages: 30 } },
  ]
  const findRefused = async (seat: Seat) =>
    (await seat.call('attention.list', null)).find(({ patientChange }) => patientChange !== null)
  await withoutServer(async () => {
    for (const { seat, own, disputed } of both)
      await seat.call('patients.change', { patientId, set: { ...own, ...disputed } })
  })
  // Both send as soon as the server is there again: whose change comes second is nobody's to say.
  await alma.until(async () => (await Promise.all(both.map(({ seat }) => findRefused(seat)))).some(Boolean))
  const isAlmasRefused = (await findRefused(alma)) !== undefined
  const [lost, won] = isAlmasRefused ? [both[0]!, both[1]!] : [both[1]!, both[0]!]
  const entry = await findRefused(lost.seat)
  expect(entry).toMatchObject({
    code: 'patient.stale',
    patientChange: { base: { totalStages: null }, set: { ...lost.own, ...lost.disputed } },
  })
  const get = (seat: Seat) => seat.call('patients.get', { id: patientId })
  await lost.seat.until(async () => (await get(lost.seat)).totalStages === won.disputed.totalStages)
  if (entry === undefined) throw new Error('nothing to settle')
  await lost.seat.call('attention.replacePatientChange', { mutationId: entry.mutationId, set: lost.own })
  await lost.seat.inStep()
  for (const seat of [alma, jonas, naledi]) await seat.until(async () => (await get(seat)).alignerBrand === 'Clear')
  for (const seat of [alma, jonas, naledi]) await seat.until(async () => (await get(seat)).givenName === 'Ada')
  expect((await get(naledi)).totalStages).toBe(won.disputed.totalStages)
})

test('after thirty days offline everything arrives, and the instruction only once its author has confirmed it', async () => {
  const [instructed, noted] = [rowAt(10), rowAt(11)]
  const clock = path.join(state.folder, 'clock')
  await writeFile(clock, String(30 * 24 * 3600_000))
  // What the tests before have left her: which of two actions came second was nobody's to say.
  const { needsAttentionCount } = await alma.status()
  await withoutServer(async () => {
    await alma.decide(readOf(instructed, { action: { kind: 'hold_aligner', days: 7 } }))
    await alma.decide(readOf(noted))
    await alma.restart(SHIFTED_CLOCK, { LOUPE_TEST_CLOCK: clock })
  })
  await alma.until(({ waitingCount, confirmCount }) => waitingCount === 1 && confirmCount === 1)
  await jonas.until(async () => (await stateAt(jonas, noted)) === 'reviewed')
  expect(await stateAt(jonas, instructed)).toBe('waiting')
  expect(await alma.status()).toMatchObject({ confirmCount: 1, needsAttentionCount: needsAttentionCount + 1 })
  expect((await alma.open({ id: instructed.sessionId })).reads).toMatchObject([{ sent: false }])
  const [held] = (await alma.call('attention.list', null)).filter(({ status }) => status === 'stale')
  expect(held).toMatchObject({ wanted: { action: { kind: 'hold_aligner', days: 7 } } })
  if (held === undefined) throw new Error('nothing is asked')
  await alma.call('attention.confirm', { mutationId: held.mutationId })
  await alma.inStep()
  await jonas.until(async () => (await stateAt(jonas, instructed)) === 'reviewed')
  expect(await alma.status()).toMatchObject({ confirmCount: 0, needsAttentionCount })
})
