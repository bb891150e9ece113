import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Presence, PRESENCE_TTL_MS } from '../../server/contract/live/presence.ts'
import { SessionId } from '../../server/contract/domain/ids.ts'
import { AppError } from '../../server/contract/errors.ts'
import { silentLogger } from '../platform/logger.ts'
import { createPresence, type PresenceLine, SAY_AGAIN_MS, STAYS_MS } from './presence.ts'

const id = (n: number) => `0198b000-0000-7000-8000-00000000000${n}`
const [ME, COLLEAGUE, PRACTICE] = [id(1), id(2), id(3)] as const
const [ONE, TWO] = [SessionId.parse(id(4)), SessionId.parse(id(5))]
const openOf = (...open: readonly { personId: string; sessionId: string }[]) =>
  Presence.parse({ kind: 'presence', practice: PRACTICE, open: open.map((one) => ({ ...one, sinceMs: 7 })) })

const told: (string | null)[] = []
const logged: unknown[] = []
const behave = { tell: async () => {}, personId: ME as string | null, changes: 0 }
let presence: PresenceLine
beforeEach(() => {
  vi.useFakeTimers()
  told.length = 0
  logged.length = 0
  Object.assign(behave, { tell: async () => {}, personId: ME, changes: 0 })
  presence = createPresence({
    tell: async (sessionId) => {
      told.push(sessionId)
      await behave.tell()
    },
    personId: () => behave.personId,
    practiceId: () => PRACTICE,
    onChange: () => (behave.changes += 1),
    logger: { ...silentLogger, info: (event, fields) => logged.push([event, fields]) },
    steadyMs: () => Date.now(),
  })
})
afterEach(() => {
  presence.stop()
  vi.useRealTimers()
})
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('says the case again while it is open, and once that it is closed', async () => {
  presence.show(ONE)
  await pass(2 * SAY_AGAIN_MS)
  expect(told).toEqual([ONE, ONE, ONE])
  presence.show(null)
  await pass(10 * SAY_AGAIN_MS)
  expect(told).toEqual([ONE, ONE, ONE, null])
})

it('a case that is only passed by is told nobody', async () => {
  presence.show(ONE)
  await pass(STAYS_MS - 1)
  presence.show(TWO)
  await pass(STAYS_MS - 1)
  presence.show(null)
  await pass(SAY_AGAIN_MS)
  expect(told).toEqual([])
  presence.show(TWO)
  await pass(STAYS_MS)
  presence.show(ONE)
  await pass(STAYS_MS)
  expect(told).toEqual([TWO, ONE])
})

it('a server that does not answer is asked again, and troubles nobody', async () => {
  behave.tell = () => Promise.reject(new AppError('server.unreachable'))
  presence.show(ONE)
  await pass(SAY_AGAIN_MS)
  expect(told).toEqual([ONE, ONE])
  expect(logged[0]).toEqual(['presence.not-told', { code: 'server.unreachable' }])
})

it('leaves quickly even when nobody answers', async () => {
  presence.show(ONE)
  await pass(STAYS_MS)
  behave.tell = () => new Promise(() => {})
  await presence.leave()
  await pass(10 * SAY_AGAIN_MS)
  expect(told).toEqual([ONE, null])
})

it('a window that went without a word closes its case in the end', async () => {
  presence.show(ONE)
  await pass(3_600_000)
  expect(told.at(-1)).toBeNull()
})

it('nobody signed in tells nothing and hears of nobody', async () => {
  presence.heard(openOf({ personId: COLLEAGUE, sessionId: ONE }))
  behave.personId = null
  presence.show(ONE)
  await pass(SAY_AGAIN_MS)
  expect(told).toEqual([])
  expect(presence.list()).toEqual([])
})

it('lists the others, and announces only what changes that', () => {
  presence.heard(openOf({ personId: ME, sessionId: ONE }))
  expect([presence.list(), behave.changes]).toEqual([[], 0])
  presence.heard(openOf({ personId: ME, sessionId: ONE }, { personId: COLLEAGUE, sessionId: TWO }))
  expect(presence.list()).toEqual([{ personId: COLLEAGUE, sessionId: TWO, sinceMs: 7 }])
  presence.heard(openOf({ personId: COLLEAGUE, sessionId: TWO }, { personId: ME, sessionId: TWO }))
  expect(behave.changes).toBe(1)
})

it('takes nothing from another practice', () => {
  presence.heard({ ...openOf({ personId: COLLEAGUE, sessionId: TWO }), practice: Presence.shape.practice.parse(ME) })
  expect(presence.list()).toEqual([])
})

it('without a line it believes what it heard for a minute, and with one as long as it holds', async () => {
  presence.heard(openOf({ personId: COLLEAGUE, sessionId: ONE }))
  await pass(10 * PRESENCE_TTL_MS)
  expect(presence.list()).toHaveLength(1)
  presence.lineLost()
  await pass(PRESENCE_TTL_MS - 1)
  presence.lineLost()
  expect(presence.list()).toHaveLength(1)
  await pass(1)
  expect([presence.list(), behave.changes]).toEqual([[], 2])
})

it('what is heard on the next line holds again', async () => {
  presence.heard(openOf({ personId: COLLEAGUE, sessionId: ONE }))
  presence.lineLost()
  presence.heard(openOf({ personId: COLLEAGUE, sessionId: ONE }))
  await pass(10 * PRESENCE_TTL_MS)
  expect(presence.list()).toHaveLength(1)
})
