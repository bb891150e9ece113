import type { PersonId } from '../../contract/domain/ids.ts'
import type { Clock } from '../../platform/clock.ts'
import type { PeoplePort } from './port.ts'

type Account = { readonly issuer: string; readonly subject: string }
type Found = NonNullable<Awaited<ReturnType<PeoplePort['findPersonByCredential']>>>

/** A change of role made past this process (a second server) is seen after this long at the latest. */
const KEEP_MS = 30_000
const MOST_ENTRIES = 10_000

export type PersonCache = {
  find(account: Account): Promise<Found | undefined>
  /** Called when a person's roles change or their access ends: the next request asks the database again. */
  forget(personId: PersonId): void
}

/** Spares the database one look-up per request. Absence is never kept, so a person just added may sign in at once. */
export function createPersonCache(people: PeoplePort, clock: Clock): PersonCache {
  const kept = new Map<string, { readonly person: Found; readonly untilMs: number }>()
  return {
    find: async (account) => {
      const key = JSON.stringify([account.issuer, account.subject])
      const entry = kept.get(key)
      if (entry !== undefined && clock.nowMs() < entry.untilMs) return entry.person
      kept.delete(key)
      const person = await people.findPersonByCredential(account)
      if (person === undefined) return undefined
      if (kept.size >= MOST_ENTRIES) kept.clear()
      kept.set(key, { person, untilMs: clock.nowMs() + KEEP_MS })
      return person
    },
    forget: (personId) => {
      for (const [key, entry] of kept) if (entry.person.personId === personId) kept.delete(key)
    },
  }
}
