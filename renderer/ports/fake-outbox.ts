import type { Handlers } from '../../preload/contract/ipc.ts'
import type { OutboxSummary } from '../../preload/contract/outbox-file.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import { AppError } from '../../server/contract/errors.ts'
import { FAKE_PEOPLE } from './fake-practice.ts'

/** What `outbox.readExport` refuses; every other passphrase opens every file. */
export const WRONG_PASSPHRASE = 'wrong passphrase'

const SUMMARY: Omit<OutboxSummary, 'exportedAtMs'> = {
  authorName: 'Dr Maximiliane Anneliese von Hohenstein-Wittgenfels',
  practiceName: 'Northside Orthodontics',
  count: 14,
  staleCount: 3,
}

/** A file of three bytes, and what a colleague's file would hold. */
export function fakeOutbox(nowMs: number, unsentCount: () => number, person: () => Person | null) {
  return {
    'outbox.unsent': async () => {
      const me = person()
      const colleague = FAKE_PEOPLE[1]
      if (me === null || colleague === undefined) throw new AppError('auth.required')
      const own = { personId: me.id, displayName: me.displayName, count: unsentCount() }
      if (!me.roles.includes('practice_admin')) return [own]
      return [own, { personId: colleague.id, displayName: colleague.displayName, count: 2 }]
    },
    'outbox.export': async ({ personId }) => {
      if (personId !== undefined)
        return { fileName: 'loupe-unsent-2026-08-03.loupe', bytes: Uint8Array.of(4), count: 2, leftOutCount: 0 }
      if (unsentCount() === 0) throw new AppError('not-found')
      return {
        fileName: 'loupe-unsent-2026-08-03.loupe',
        bytes: Uint8Array.of(1, 2, 3),
        count: unsentCount(),
        leftOutCount: 0,
      }
    },
    'outbox.readExport': async ({ passphrase }) => {
      if (passphrase === WRONG_PASSPHRASE) throw new AppError('outbox.unreadable')
      return { ...SUMMARY, exportedAtMs: nowMs - 50 * 3_600_000 }
    },
    'outbox.import': async ({ confirmStale }) => {
      const leftOut = confirmStale ? 0 : SUMMARY.staleCount
      return { applied: SUMMARY.count - 1 - leftOut, refused: 1, leftOut }
    },
  } satisfies Partial<Handlers>
}
