import type { PracticeId, SessionId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { PRESENCE_TTL_MS } from '../../contract/live/presence.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ModuleDeps } from '../deps.ts'
import { deletePresence, savePresence } from './repository.ts'

/**
 * Which case this person has open; null for none.
 * @throws AppError `not-found` for a session that the practice does not show: withdrawn ones, too
 */
export async function setPresence(
  { database, clock }: Pick<ModuleDeps, 'database' | 'clock'>,
  { practiceId, personId }: PersonPrincipal,
  sessionId: SessionId | null,
): Promise<{ untilMs: number | null }> {
  const nowMs = clock.nowMs()
  const isSaved = await database.inPractice(practiceId, async (tx) => {
    if (sessionId !== null) return savePresence(tx, practiceId, personId, { sessionId, nowMs, ttlMs: PRESENCE_TTL_MS })
    await deletePresence(tx, practiceId, personId)
    return true
  })
  if (!isSaved) throw new AppError('not-found', { sessionId: sessionId ?? '' })
  return { untilMs: sessionId === null ? null : nowMs + PRESENCE_TTL_MS }
}

/** Across practices: for the live sockets, which know whose they are. */
export function presenceOf(database: Pick<Database, 'listPresence' | 'forgetPresence'>) {
  return {
    list: async (practices: readonly PracticeId[], sinceMs: number) => {
      const rows = await database.listPresence(practices, sinceMs)
      const byPractice = Map.groupBy(rows, (row) => row.practiceId)
      return [...byPractice].map(([practice, of]) => ({
        practice,
        open: of.map(({ sessionId, personId, sinceMs: since }) => ({ sessionId, personId, sinceMs: since })),
      }))
    },
    forget: (beforeMs: number) => database.forgetPresence(beforeMs),
  }
}
