import { afterEach, beforeEach, expect, it } from 'vitest'
import { write } from '../store/db.ts'
import { claimBatch } from '../store/outbox/claim.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally, findTakeBack } from './decide.ts'
import { createGraceClock, type GraceClock } from './grace-clock.ts'

const HOUR_MS = 3_600_000
const START_MS = 1_700_000_000_000
const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
let store: ReturnType<typeof openTestStore>
/** What the computer says, and what nobody can set. */
const time = { wallMs: 0, steadyMs: 0 }
const clock = { nowMs: () => time.wallMs }
let grace: GraceClock
beforeEach(() => {
  Object.assign(time, { wallMs: START_MS, steadyMs: 5000 })
  store = openTestStore()
  const rows = [
    { entity: 'person' as const, id: person.id, body: person },
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  grace = openGrace()
})
afterEach(() => store.remove())

const openGrace = () => createGraceClock({ db: store.db, clock }, () => time.steadyMs)
const pass = (ms: number) => Object.assign(time, { wallMs: time.wallMs + ms, steadyMs: time.steadyMs + ms })
const setClock = (byMs: number) => Object.assign(time, { wallMs: time.wallMs + byMs })
const decide = () => {
  grace.keepPace()
  write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: time.wallMs }))
}
const leaves = () => {
  grace.keepPace()
  return write(store.db, (tx) => claimBatch(tx, person.id, time.wallMs)) !== undefined
}
const leftMs = () => {
  const releasesAtMs = findTakeBack(store.db, person.id, time.wallMs, grace.nowMs())?.releasesAtMs
  return releasesAtMs == null ? null : releasesAtMs - time.wallMs
}

it.each([
  ['forward', HOUR_MS],
  ['forward by two days', 48 * HOUR_MS],
  ['back', -HOUR_MS],
  ['forward by a few seconds', 4000],
  ['back by a few seconds', -4000],
])('a clock that is set %s in the middle of the countdown changes nothing of it', (_, byMs) => {
  decide()
  pass(GRACE_MS / 2)
  setClock(byMs)
  expect(leftMs()).toBe(GRACE_MS / 2)
  expect(leaves()).toBe(false)
  pass(GRACE_MS / 2 - 1)
  expect(leaves()).toBe(false)
  pass(1)
  expect(leaves()).toBe(true)
})

it('a clock that is set back does not make that wait again which waits for the line alone', () => {
  decide()
  pass(GRACE_MS)
  setClock(-60_000)
  expect(leaves()).toBe(true)
})

it('a decision after the clock was set has its own whole time', () => {
  setClock(HOUR_MS)
  decide()
  expect(leftMs()).toBe(GRACE_MS)
  pass(GRACE_MS - 1)
  expect(leaves()).toBe(false)
  pass(1)
  expect(leaves()).toBe(true)
})

it('small steps add up', () => {
  decide()
  for (let step = 0; step < 60; step += 1) {
    setClock(200)
    grace.keepPace()
  }
  expect(leaves()).toBe(false)
})

it('after a new start it goes on where it was, and is over when its time has passed meanwhile', () => {
  decide()
  pass(4000)
  Object.assign(time, { steadyMs: 0 })
  grace = openGrace()
  expect(leaves()).toBe(false)
  expect(leftMs()).toBe(GRACE_MS - 4000)
  pass(GRACE_MS)
  grace = openGrace()
  expect(leaves()).toBe(true)
})

it('never waits longer than its whole time after a new start, however far the clock was set back', () => {
  decide()
  setClock(-120_000)
  grace = openGrace()
  expect(leaves()).toBe(false)
  expect(leftMs()).toBe(GRACE_MS)
  pass(GRACE_MS)
  expect(leaves()).toBe(true)
})

it('old instructions are asked for by when they were given, not by when their countdown ended', () => {
  decide()
  pass(25 * HOUR_MS)
  expect(leaves()).toBe(false)
  expect(leftMs()).toBeNull()
})
