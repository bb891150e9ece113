import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueRow } from '../../preload/contract/queue.ts'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import { chooseInBrowser } from '../../server/demo/testing/sign-in.ts'
import { ROOT } from '../support/practice.ts'
import { runProgram } from '../support/process.ts'
import { type MortalServer, startMortalServer } from '../torture/mortal-server.ts'
import { writeManifest } from '../torture/sessions.ts'
import { type Seat, takeSeat } from './seat.ts'

const SHIFTED_CLOCK = path.join(ROOT, 'electron/data/testing/shifted-clock.ts')
const PASSPHRASE = 'for the courier alone'

const state = { folder: '', server: undefined as MortalServer | undefined, seats: [] as Seat[] }
let alma: Seat
let marta: Seat
let ada: Seat
let rows: readonly QueueRow[]

beforeAll(async () => {
  state.folder = await mkdtemp(path.join(tmpdir(), 'loupe-outbox-file-'))
  state.server = await startMortalServer(path.join(state.folder, 'practice'))
  const { url, caFile, dataDir } = state.server
  const manifest = await writeManifest(path.join(state.folder, 'photos'))
  const flags = ['--server', url, '--ca', caFile, '--data', dataDir, '--practice', 'Northside Orthodontics']
  const intake = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
  if ((await intake.exited) !== 0) throw new Error(intake.log())
  for (const subject of ['alma.reyes', 'marta.lind', 'ada.frost'])
    state.seats.push(await takeSeat(state.server, state.folder, subject))
  ;[alma, marta, ada] = state.seats as [Seat, Seat, Seat]
  for (const seat of [alma, marta])
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
const APPROVE = { action: { kind: 'approve_progression', toStage: 5 } }
const readsAt = async (seat: Seat, row: QueueRow) =>
  (await seat.open({ id: row.sessionId })).reads.map(({ read, readerName }) => [read.readId, readerName])
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (cause: unknown) => (cause as { code: string }).code,
  ) // an AppError

test('what one computer cannot send any more is brought by an administrator from another, once, as its author’s', async () => {
  await alma.inStep()
  await state.server?.kill()
  const clock = path.join(state.folder, 'clock')
  await writeFile(clock, String(-48 * 3_600_000))
  await alma.restart(SHIFTED_CLOCK, { LOUPE_TEST_CLOCK: clock })
  const old = readOf(rowAt(0), APPROVE)
  await alma.decide(old)
  await alma.restart() // two days later
  const after = readOf(rowAt(0), { supersedes: old.readId })
  const [plain, fresh] = [readOf(rowAt(1)), readOf(rowAt(2), APPROVE)]
  for (const read of [after, plain, fresh]) await alma.decide(read)

  const exported = await alma.call('outbox.export', { passphrase: PASSPHRASE })
  expect(exported).toMatchObject({
    count: 4,
    fileName: expect.stringMatching(/^loupe-unsent-[\d-]+\.loupe$/) as string,
  })
  expect((await alma.status()).waitingCount).toBe(4) // a copy: nothing has gone from here
  expect(await alma.call('review.lastDecision', null)).toBeNull()
  const file = { bytes: exported.bytes, passphrase: PASSPHRASE }
  expect(await refusal(alma.call('outbox.readExport', file))).toBe('auth.denied')
  await alma.leave()

  expect(await marta.call('outbox.readExport', file)).toMatchObject({
    authorName: 'Dr Alma Reyes',
    practiceName: 'Northside Orthodontics',
    count: 4,
    staleCount: 1,
  })
  const bring = (confirmStale: boolean) => marta.call('outbox.import', { ...file, confirmStale })
  expect(await refusal(bring(false))).toBe('server.unreachable')
  expect(await refusal(marta.call('outbox.readExport', { ...file, passphrase: 'of another courier' }))).toBe(
    'outbox.unreadable',
  )
  await state.server?.start()
  await marta.inStep()
  await ada.inStep()
  expect(await refusal(ada.call('outbox.import', { ...file, confirmStale: true }))).toBe('outbox.other-practice')

  for (const _ of ['once', 'and again']) {
    expect(await bring(false)).toEqual({ applied: 2, refused: 0, leftOut: 2 })
    await marta.until(async () => (await readsAt(marta, rowAt(2))).length === 1)
    expect(await readsAt(marta, rowAt(0))).toEqual([])
    expect(await readsAt(marta, rowAt(1))).toEqual([[plain.readId, 'Dr Alma Reyes']])
  }
  expect(await bring(true)).toEqual({ applied: 4, refused: 0, leftOut: 0 })
  await marta.until(async () => (await readsAt(marta, rowAt(0))).length === 1)
  expect(await bring(true)).toEqual({ applied: 4, refused: 0, leftOut: 0 })

  await alma.restart() // the computer is back after all
  await alma.inStep()
  expect(await alma.call('attention.list', null)).toEqual([])
  for (const seat of [alma, marta]) {
    const ids = await Promise.all([0, 1, 2].map(async (index) => (await readsAt(seat, rowAt(index))).map(([id]) => id)))
    expect(ids).toEqual([[after.readId], [plain.readId], [fresh.readId]]) // the first read was replaced
    const { actions } = await seat.open({ id: rowAt(0).sessionId })
    expect(actions.map(({ readId, outcome }) => [readId, outcome])).toContainEqual([old.readId, 'won'])
  }
})

test('what the server refuses of it is shown to whoever brought it, until they have seen it', async () => {
  const row = rowAt(5)
  await marta.inStep()
  await state.server?.kill()
  const read = readOf(row)
  await alma.decide(read)
  const { bytes } = await alma.call('outbox.export', { passphrase: PASSPHRASE })
  await alma.leave()
  const bring = () => marta.call('outbox.import', { bytes, passphrase: PASSPHRASE, confirmStale: false })
  const withdraw = { sessionId: row.sessionId, reason: 'Photos of another patient' }
  expect(await refusal(marta.call('review.withdraw', withdraw))).toBe('server.unreachable')
  await state.server?.start()
  await marta.inStep()

  await marta.call('review.withdraw', withdraw)
  await marta.until(async () => (await listRows(marta)).every(({ sessionId }) => sessionId !== row.sessionId))
  expect(await refusal(marta.open({ id: row.sessionId }))).toBe('not-found')
  expect(await bring()).toEqual({ applied: 0, refused: 1, leftOut: 0 })
  const [entry, ...others] = await marta.call('attention.list', null)
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    authorName: 'Dr Alma Reyes',
    status: 'rejected',
    code: 'session.withdrawn',
    wanted: { readId: read.readId },
    mayRetry: false,
    mayEdit: false,
  })
  expect((await marta.status()).needsAttentionCount).toBe(1)
  if (entry !== undefined) await marta.call('attention.discard', { mutationId: entry.mutationId, reason: '' })
  await bring()
  expect(await marta.call('attention.list', null)).toEqual([])

  await alma.restart() // the computer is back after all, and its own answer is the author's
  await alma.inStep()
  expect(await alma.call('attention.list', null)).toMatchObject([{ code: 'session.withdrawn', mayEdit: false }])
})

test('what somebody left unsent on a computer, an administrator exports there, and it stays its author’s', async () => {
  const [admin] = await marta.call('outbox.unsent', null)
  await state.server?.kill()
  const read = readOf(rowAt(6))
  await alma.decide(read)
  const notHers = alma.call('outbox.export', {
    passphrase: PASSPHRASE,
    ...(admin !== undefined && { personId: admin.personId }),
  })
  expect(await refusal(notHers)).toBe('auth.denied')
  await alma.call('session.signOut', null)
  await state.server?.start()
  const { url } = await alma.call('session.signIn', null)
  await fetch(await chooseInBrowser(new URL(url), 'marta.lind'))
  const computer = alma // with another person at it
  await computer.until(async () => (await refusal(computer.call('outbox.unsent', null))) === 'taken')

  const [own, left, ...others] = await computer.call('outbox.unsent', null)
  expect(others).toEqual([])
  expect(own).toMatchObject({ personId: admin?.personId, count: 0 })
  expect(left).toMatchObject({ displayName: 'Dr Alma Reyes', count: 1 })
  const { bytes } = await computer.call('outbox.export', {
    passphrase: PASSPHRASE,
    ...(left !== undefined && { personId: left.personId }),
  })
  expect((await computer.call('outbox.unsent', null))[1]?.count).toBe(1) // a copy: nothing has gone from here
  await marta.inStep()
  const brought = await marta.call('outbox.import', { bytes, passphrase: PASSPHRASE, confirmStale: false })
  expect(brought).toMatchObject({ refused: 0, leftOut: 0 })
  await marta.until(async () => (await readsAt(marta, rowAt(6))).length === 1)
  expect(await readsAt(marta, rowAt(6))).toEqual([[read.readId, 'Dr Alma Reyes']])
})
