import { afterEach, expect, it, vi } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace, PASSPHRASE } from './testing/tiny-workplace.ts'

const MINUTE_MS = 60_000
let place: Awaited<ReturnType<typeof openTinyWorkplace>>
afterEach(() => place.close())

/** @param leaveMs null for the time that people are kept waiting at most: a busy machine may not send within it */
const open = async (leaveMs: number | null = MINUTE_MS) => {
  place = await openTinyWorkplace({ graceMs: MINUTE_MS, ...(leaveMs !== null && { leaveMs }) })
  return place.begin(place.alma)
}
const decide = async (child: DataChild, index: number): Promise<RecordRead> => {
  const session = place.sessions[index]
  if (session === undefined) throw new Error(`no session ${index}`)
  const args = aDecision(session)
  await child.call('review.decide', args)
  return args
}
const lock = (child: DataChild) => child.call('app.lock', null)
const signOut = (child: DataChild) => child.call('session.signOut', null)
const unlock = (child: DataChild) => child.call('app.unlock', { passphrase: PASSPHRASE })
const takeBack = (child: DataChild, { readId }: RecordRead) => child.call('review.takeBack', { readId })

it.each([
  ['locking', lock],
  ['signing out', signOut],
])('%s sends at once what could still be taken back, in its order, and says so', async (_, leave) => {
  const child = await open()
  const [first, second] = [await decide(child, 0), await decide(child, 1)]
  expect(place.server.appliedReads()).toEqual([])
  expect(await leave(child)).toMatchObject({ letGo: { sentCount: 2, keptCount: 0 } })
  expect(place.server.appliedReads()).toEqual([first.readId, second.readId])
})

it('closing sends it too', async () => {
  const child = await open()
  const { readId } = await decide(child, 0)
  await child.stop()
  expect(place.server.appliedReads()).toEqual([readId])
})

it('what was taken back before is sent by nobody, and there is nothing to say', async () => {
  const child = await open()
  await takeBack(child, await decide(child, 0))
  expect(await lock(child)).toMatchObject({ phase: 'locked', letGo: null })
  await unlock(child)
  await child.call('sync.now', null)
  expect(place.server.appliedReads()).toEqual([])
})

it('a server that is silent keeps nobody: it stays here, goes when its author is back, and through nobody else', async () => {
  const child = await open(null)
  const { readId } = await decide(child, 0)
  place.server.behave.instead = ({ url }) => url.pathname.endsWith('/sync/push')
  const fromMs = performance.now()
  expect(await signOut(child)).toMatchObject({ phase: 'signed-out', letGo: { sentCount: 0, keptCount: 1 } })
  expect(performance.now() - fromMs).toBeLessThan(MINUTE_MS / 4)
  place.server.behave.instead = () => false
  await place.signIn(child, place.jonas)
  await child.call('sync.now', null)
  expect(await child.call('app.state', null)).toMatchObject({ letGo: null })
  await signOut(child)
  expect(place.server.appliedReads()).toEqual([])
  await place.signIn(child, place.alma)
  await child.until(async () => (await child.call('sync.status', null)).waitingCount === 0)
  expect(place.server.appliedReads()).toEqual([readId])
})

it('without the server it may still be taken back after unlocking', async () => {
  const child = await open()
  place.server.behave.instead = (_request, response) => {
    response.writeHead(503).end()
    return true
  }
  await vi.waitFor(async () => {
    void child.call('sync.now', null)
    expect((await child.call('sync.status', null)).connection).toBe('offline')
  })
  const decided = await decide(child, 0)
  expect(await lock(child)).toMatchObject({ letGo: { sentCount: 0, keptCount: 1 } })
  await unlock(child)
  expect(await child.call('review.lastDecision', null)).toMatchObject({ readId: decided.readId, releasesAtMs: null })
  await takeBack(child, decided)
  place.server.behave.instead = () => false
  await child.call('sync.now', null)
  await child.until(async () => (await child.call('sync.status', null)).connection === 'online')
  expect(place.server.appliedReads()).toEqual([])
})

it('a host that ends without a word is no decision to leave: the time to take back goes on', async () => {
  const child = await open()
  const decided = await decide(child, 0)
  child.disconnect()
  await child.exited
  expect(place.server.appliedReads()).toEqual([])
  const again = await place.restart()
  expect(await again.call('review.lastDecision', null)).toMatchObject({ readId: decided.readId })
  await takeBack(again, decided)
})
