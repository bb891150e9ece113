import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../platform/logger.ts'
import { write } from '../store/db.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally } from './decide.ts'
import { startSyncEngine } from './engine.ts'

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  store = openTestStore()
  const rows = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: 0 }))
})
afterEach(() => {
  store.remove()
  vi.useRealTimers()
})

// The simulator's story: somebody decides, the sign-in ends, a second passes.
it('with the sign-in over, a decision that is due does not wake the sender again and again', async () => {
  const asked = { count: 0 }
  const isSignInExpired = () => {
    asked.count += 1
    return true
  }
  const engine = startSyncEngine({
    db: store.db,
    apiOf: () => ({ call: () => Promise.reject(new Error('nothing may be sent')) }),
    clock: { nowMs: () => 10_000 },
    logger: silentLogger,
    personId: () => person.id,
    isSignInExpired,
    isSocketUp: () => true,
    isLowOnDisk: () => false,
    onChanges: () => {},
    onStatus: () => {},
  })
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked.count).toBeLessThan(50)
  await engine.stop()
})
