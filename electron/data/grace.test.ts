import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

const MINUTE_MS = 60_000
/** Long enough to do something meanwhile, short enough to wait for. */
const SHORT_MS = 4000
let place: Awaited<ReturnType<typeof openTinyWorkplace>>
afterEach(() => place.close())

const open = async (where: Parameters<typeof openTinyWorkplace>[0]) => {
  place = await openTinyWorkplace(where)
  return place.begin(place.alma)
}
const session = (index: number) => {
  const found = place.sessions[index]
  if (found === undefined) throw new Error(`no session ${index}`)
  return found
}
const look = (child: DataChild, index: number) =>
  child.call('review.onScreen', { sessionId: session(index).id }).then(() => undefined)
const decide = async (child: DataChild, index: number): Promise<RecordRead> => {
  const args = aDecision(session(index))
  await child.call('review.decide', args)
  return args
}
const settled = (child: DataChild) =>
  child.until(async () => (await child.call('sync.status', null)).waitingCount === 0)
/** When the decision reached the server, after `fromMs`. */
const whenPushed = (fromMs: () => number) => {
  const arrived = Promise.withResolvers<number>()
  place.server.behave.instead = ({ url, body }) => {
    if (url.pathname.endsWith('/sync/push') && JSON.stringify(body).includes('read.record'))
      arrived.resolve(performance.now() - fromMs())
    return false
  }
  return arrived.promise
}

it('a decision waits as long as the practice says, and the window is told until when', async () => {
  const child = await open({ graceMs: null })
  const beforeMs = Date.now()
  const { readId } = await decide(child, 0)
  const last = await child.call('review.lastDecision', null)
  expect(last).toMatchObject({ readId, graceMs: STANDARD_RULES.graceSeconds * 1000 })
  expect(last?.releasesAtMs).toBeGreaterThanOrEqual(beforeMs + STANDARD_RULES.graceSeconds * 1000)
  expect(await child.call('review.takeBack', { readId })).toEqual({ sessionId: session(0).id })
  expect(await child.call('review.lastDecision', null)).toBeNull()
})

it('with the second next case a decision leaves, and not with the next; what was decided later stays', async () => {
  const child = await open({ graceMs: MINUTE_MS })
  await look(child, 0)
  const first = await decide(child, 0)
  await look(child, 1)
  const second = await decide(child, 1)
  await child.call('sync.now', null)
  expect(place.server.appliedReads()).toEqual([])
  await look(child, 2)
  await child.until(async () => (await child.call('sync.status', null)).waitingCount === 1)
  expect(place.server.appliedReads()).toEqual([first.readId])
  expect((await child.call('review.lastDecision', null))?.readId).toBe(second.readId)
  await expect(child.call('review.takeBack', { readId: first.readId })).rejects.toMatchObject({
    code: 'read.already-sent',
  })
})

it('a case that is only fetched ahead is on no screen: nothing leaves, nothing is recorded, nobody is told', async () => {
  const child = await open({ graceMs: MINUTE_MS })
  await look(child, 0)
  const { readId } = await decide(child, 0)
  for (const { id } of place.sessions) await child.call('review.open', { sessionId: id })
  await child.call('sync.now', null)
  expect((await child.call('review.lastDecision', null))?.readId).toBe(readId)
  expect(place.server.pushes).toEqual([])
  await vi.waitFor(() => expect(place.server.presence).not.toEqual([]), { timeout: 20_000 })
  expect(new Set(place.server.presence.map(({ sessionId }) => sessionId))).toEqual(new Set([session(0).id]))
})

it('a kill in the middle of the countdown ends neither the decision nor its time', async () => {
  let child = await open({ graceMs: SHORT_MS })
  const decidedAtMs = performance.now()
  const arrived = whenPushed(() => decidedAtMs)
  const { readId } = await decide(child, 0)
  await child.kill()
  child = await place.restart()
  expect(await arrived).toBeGreaterThanOrEqual(SHORT_MS - 5)
  await settled(child)
  expect(place.server.appliedReads()).toEqual([readId])
})

it.each([
  ['forward by two days', 48 * 3_600_000],
  ['back by an hour', -3_600_000],
])('the clock set %s in the middle of the countdown neither ends it nor makes it longer', async (_, byMs) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-grace-'))
  const clock = path.join(folder, 'clock')
  writeFileSync(clock, '0')
  const child = await open({
    graceMs: SHORT_MS,
    before: path.join(import.meta.dirname, 'testing/shifted-clock.ts'),
    env: { LOUPE_TEST_CLOCK: clock },
  })
  const decidedAtMs = performance.now()
  const arrived = whenPushed(() => decidedAtMs)
  const { readId } = await decide(child, 0)
  writeFileSync(clock, String(byMs))
  void child.call('sync.now', null)
  const waitedMs = await arrived
  expect(waitedMs).toBeGreaterThanOrEqual(SHORT_MS - 5)
  expect(waitedMs).toBeLessThan(MINUTE_MS)
  await settled(child)
  expect(place.server.appliedReads()).toEqual([readId])
  expect((await child.call('sync.status', null)).confirmCount).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})
