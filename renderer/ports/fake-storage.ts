import type { Handlers } from '../../preload/contract/ipc.ts'
import type { StorageUsage } from '../../preload/contract/storage.ts'
import type { FakePractice } from './fake-practice.ts'

const KIB = 1024
const GIB = 1024 ** 3

/** What a practice of this size takes: pictures by the number of scans. */
export function fakeStorage(practice: FakePractice, nowMs: number, unsentCount: () => number) {
  const { patients, sessions, reads, actions, people } = practice
  let usage: StorageUsage = {
    rows: [
      { entity: 'practice', count: 1 },
      { entity: 'person', count: people.length },
      { entity: 'patient', count: patients.length },
      { entity: 'session', count: sessions.length },
      { entity: 'read', count: reads.length },
      { entity: 'action', count: actions.length },
    ],
    storeBytes: 240 * KIB + sessions.length * 5 * KIB,
    photos: [
      { kind: 'thumbnails', count: sessions.length * 5, bytes: sessions.length * 5 * 60 * KIB },
      { kind: 'review', count: sessions.length * 4, bytes: sessions.length * 4 * 620 * KIB },
      { kind: 'originals', count: sessions.length, bytes: sessions.length * 3400 * KIB },
    ],
    photoBudgetGib: '8',
    unsent: { changes: 0, photos: 0, photoBytes: 0 },
    freeBytes: 112.4 * GIB,
    lastCheck: { atMs: nowMs - 9 * 3_600_000, repaired: [] },
  }
  const current = (): StorageUsage => ({
    ...usage,
    freeBytes: Math.round(usage.freeBytes),
    unsent: {
      changes: unsentCount(),
      photos: unsentCount() > 0 ? 5 : 0,
      photoBytes: unsentCount() > 0 ? 17_000_000 : 0,
    },
  })
  return {
    'storage.usage': async () => current(),
    'storage.setBudget': async ({ gib }) => {
      usage = { ...usage, photoBudgetGib: gib }
      return current()
    },
    'storage.check': async () => {
      usage = { ...usage, lastCheck: { atMs: Date.now(), repaired: ['patient', 'read'] } }
      return current()
    },
  } satisfies Partial<Handlers>
}
