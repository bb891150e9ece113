import { sql } from 'kysely'
import type { PersonId, PracticeId, SessionId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

/**
 * `since_ms` stays while the same case stays open, unless it was not heard for `ttlMs`: then it is opened anew. False
 * when the practice shows no such session.
 */
export async function savePresence(
  tx: PracticeTx,
  practiceId: PracticeId,
  personId: PersonId,
  at: { readonly sessionId: SessionId; readonly nowMs: number; readonly ttlMs: number },
): Promise<boolean> {
  const { sessionId, nowMs, ttlMs } = at
  const done = await sql`
    insert into presence as p (practice_id, person_id, session_id, since_ms, seen_at_ms)
      select practice_id, ${personId}::uuid, session_id, ${nowMs}::bigint, ${nowMs}::bigint from scan_session
       where practice_id = ${practiceId} and session_id = ${sessionId}
         and published_at_ms is not null and withdrawn_at_ms is null
    on conflict (practice_id, person_id) do update set
      session_id = excluded.session_id,
      seen_at_ms = excluded.seen_at_ms,
      since_ms = case when p.session_id = excluded.session_id and p.seen_at_ms >= ${nowMs - ttlMs}::bigint
                      then p.since_ms else excluded.since_ms end`.execute(tx)
  return done.numAffectedRows === 1n
}

export async function deletePresence(tx: PracticeTx, practiceId: PracticeId, personId: PersonId): Promise<void> {
  await tx.deleteFrom('presence').where('practice_id', '=', practiceId).where('person_id', '=', personId).execute()
}
