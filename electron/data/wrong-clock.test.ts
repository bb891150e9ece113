import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

const TWO_DAYS_MS = 48 * 3_600_000
const MINUTE_MS = 60_000
let folder: string
let place: Awaited<ReturnType<typeof openTinyWorkplace>>
const clockFile = () => path.join(folder, 'clock')
/** From now on, also for a process that runs. */
const setClock = (aheadMs: number) => {
  writeFileSync(`${clockFile()}.new`, String(aheadMs))
  renameSync(`${clockFile()}.new`, clockFile()) // never read half-written
}
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-clock-'))
  place = await openTinyWorkplace({
    before: path.join(import.meta.dirname, 'testing/shifted-clock.ts'),
    env: { LOUPE_TEST_CLOCK: clockFile() },
  })
})
afterEach(async () => {
  await place.close()
  rmSync(folder, { recursive: true, force: true })
})

const NOTHING_FOR_THE_PATIENT = { action: { kind: 'none' } }
const decide = async (child: DataChild, index: number, change: object = {}): Promise<RecordRead> => {
  const session = place.sessions[index]
  if (session === undefined) throw new Error('no such session')
  const args = aDecision(session, change)
  await child.call('review.decide', args)
  return args
}
const status = (child: DataChild) => child.call('sync.status', null)
const settled = (child: DataChild, waitingCount = 0) =>
  child.until(async () => (await status(child)).waitingCount === waitingCount)

it.each([
  ['ahead', TWO_DAYS_MS],
  ['behind', -TWO_DAYS_MS],
])('a clock that is two days %s, then right, then wrong the other way', async (_, wrongMs) => {
  setClock(wrongMs)
  const child = await place.begin(place.alma) // tokens that seem to have ended, or not to have begun, sign in
  const first = await decide(child, 0)
  await settled(child)
  const { clockAheadMs } = await status(child)
  expect(Math.abs((clockAheadMs ?? 0) - wrongMs)).toBeLessThan(MINUTE_MS)
  const { reads } = await child.call('review.open', { sessionId: first.sessionId })
  expect(reads[0]?.read.recordedAtMs).toBe(18e11) // the server's word

  place.server.behave.instead = ({ url }, response) => {
    if (url.pathname.includes('/sync/')) response.destroy()
    return url.pathname.includes('/sync/')
  }
  const instruction = await decide(child, 1)
  const note = await decide(child, 2, NOTHING_FOR_THE_PATIENT)
  // What was claimed by the wrong clock has broken off: it is judged again by the right one.
  await child.until(async () => (await status(child)).connection === 'offline')
  setClock(0)
  place.server.endTokens()
  place.server.behave.instead = () => false
  void child.call('sync.now', null)
  await settled(child, 1) // nothing is held back until a day that is not meant; the instruction's age is unknown
  expect(await status(child)).toMatchObject({ confirmCount: 1, clockAheadMs: null })
  const [entry] = await child.call('attention.list', null)
  if (entry === undefined) throw new Error('nothing asks')
  await child.call('attention.confirm', { mutationId: entry.mutationId })
  await settled(child)

  setClock(-wrongMs)
  place.server.endTokens()
  const last = await decide(child, 3)
  await settled(child)
  const inOrder = [first, note, instruction, last].map(({ readId }) => readId)
  expect(place.server.appliedReads()).toEqual(inOrder)
  expect((await child.call('app.state', null)).signInExpired).toBe(false)
})
