import { expect, test, vi } from 'vitest'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import { openPort } from '../../../ports/bridge.ts'
import { makeFakeBridge } from '../../../ports/fake-bridge.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import { createCheckStore } from './check-store.ts'
import { createLineUpAhead } from './line-up-ahead.ts'
import { createPairStore } from './pair-store.ts'
import { toCompare } from './pairs-of-cases.ts'
import { alignedAs } from './testing.ts'

type Options = {
  readonly isSparing?: () => boolean
  readonly isHere?: (hash: string) => boolean
  readonly quietly?: Quietly
}

/** The newest scan of each patient of a made-up workstation, and whatever was lined up, in order. */
async function open({ isSparing = () => false, isHere = () => true, quietly = (work) => work() }: Options = {}) {
  const fake = makeFakeBridge({ sessionCount: 40 })
  const port = openPort(fake)
  const ids = fake.practice.patients.flatMap(
    ({ id }) => fake.practice.sessions.findLast(({ patientId }) => patientId === id)?.id ?? [],
  )
  const cases = new Map(
    await Promise.all(ids.map(async (id) => [id, await port.call('review.open', { sessionId: id })] as const)),
  )
  const before = fake.calls.length
  const aligned: string[] = []
  const pairs = createPairStore({
    port,
    align: async (pair) => {
      aligned.push(`${pair.current} ${pair.view}`)
      if (!isHere(pair.current) || !isHere(pair.prior)) throw new DOMException('not here', 'NotFoundError')
      return alignedAs(pair)
    },
    quietly,
    soon: (work) => work(),
    later: () => () => {},
  })
  const checks = createCheckStore({ port, soon: (work) => work() })
  const ahead = createLineUpAhead({ port, pairs, checks, quietly, isSparing: async () => isSparing() })
  const needOf = (id: SessionId) => needsOf(cases.get(id))
  const asked = (name: string) =>
    fake.calls
      .slice(before)
      .filter((call) => call.name === name)
      .map(({ input }) => input)
  return { fake, port, ids, pairs, checks, ahead, aligned, needOf, asked }
}
function needsOf(current: ReviewCase | undefined) {
  return toCompare({ current, next: [], previous: undefined }, 'frontal', null)
}
const named = (needs: ReturnType<typeof needsOf>) => needs.pairs.map(({ current, view }) => `${current} ${view}`)
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

test('what is near is lined up first, then further cases in their order; each pair once, in few questions', async () => {
  const { ids, ahead, aligned, needOf, asked, checks } = await open()
  const [here, ...others] = ids
  const near = needOf(here!)
  ahead.want(others, near)
  const all = [...named(near), ...others.flatMap((id) => named(needOf(id)))]
  await vi.waitUntil(() => aligned.length >= all.length)
  ahead.want(others, near) // somebody came by and went
  await settled()
  expect(aligned).toEqual(all)
  expect(asked('review.open')).toEqual(others.map((sessionId) => ({ sessionId })))
  // The near ones, then at most fifty at a time.
  expect(asked('align.find').length).toBeLessThanOrEqual(1 + Math.ceil(others.length / 10))
  expect(asked('checks.find').length).toBeGreaterThan(0)
  expect(checks.find(needOf(others[0]!).photos[0]?.hash, 'frontal')).toBeNull()
})

test('reading cases ahead claims none and tells of none', async () => {
  const { ids, ahead, aligned, asked } = await open()
  ahead.want(ids)
  await vi.waitUntil(() => aligned.length > 20)
  expect([asked('review.onScreen'), asked('review.displayed')]).toEqual([[], []])
})

test('what the store knows is not lined up again', async () => {
  const { ids, ahead, aligned, needOf, port } = await open()
  const [known, unknown] = ids
  for (const pair of needOf(known!).pairs) await port.call('align.save', alignedAs(pair))
  ahead.want([known!, unknown!])
  await vi.waitUntil(() => aligned.length >= needOf(unknown!).pairs.length)
  expect(aligned).toEqual(named(needOf(unknown!)))
})

test('a photo that has not arrived is passed over, and tried once more when it is here', async () => {
  const here = { isHere: false }
  const missing: string[] = []
  const { ids, ahead, aligned, needOf, pairs } = await open({
    isHere: (hash) => here.isHere || !missing.includes(hash),
  })
  const [first, second] = ids
  const [pair] = needOf(first!).pairs
  missing.push(pair!.current)
  ahead.want([first!, second!])
  const all = [...named(needOf(first!)), ...named(needOf(second!))]
  await vi.waitUntil(() => aligned.length >= all.length)
  ahead.want([first!, second!])
  await settled()
  expect(aligned).toEqual(all)
  here.isHere = true
  pairs.photoArrived(pair!.current)
  await vi.waitUntil(() => pairs.stateOf(pair!).phase === 'aligned')
  expect(aligned).toHaveLength(all.length + 1)
})

test('on battery only what is near is lined up', async () => {
  const plug = { isOut: true }
  const { ids, ahead, aligned, needOf, asked } = await open({ isSparing: () => plug.isOut })
  const near = needOf(ids[0]!)
  ahead.want(ids.slice(1), near)
  await vi.waitUntil(() => aligned.length >= near.pairs.length)
  await settled()
  expect([aligned, asked('review.open')]).toEqual([named(near), []])
  plug.isOut = false
  ahead.want(ids.slice(1), near)
  await vi.waitUntil(() => asked('review.open').length === ids.length - 1)
})

test('nothing is read while somebody moves; closed, it does nothing more', async () => {
  const waiting: (() => void)[] = []
  const quietly: Quietly = async (work) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    return work()
  }
  const { ids, ahead, asked } = await open({ quietly })
  ahead.want(ids)
  await vi.waitUntil(() => waiting.length === 1)
  expect(asked('review.open')).toEqual([])
  waiting.shift()?.()
  await vi.waitUntil(() => waiting.length === 1)
  expect(asked('review.open')).toHaveLength(1)
  ahead.close()
  for (let i = 0; i < ids.length; i += 1) {
    waiting.shift()?.()
    await Promise.resolve()
  }
  await settled()
  expect(asked('review.open')).toHaveLength(1)
})

test('a case that cannot be read is not asked for again', async () => {
  const { fake, ids, ahead, asked } = await open()
  fake.fail('review.open', 'not-found')
  ahead.want(ids.slice(0, 2))
  await vi.waitUntil(() => asked('review.open').length === 2)
  await settled()
  ahead.want(ids.slice(0, 2))
  await settled()
  expect(asked('review.open')).toHaveLength(2)
})
