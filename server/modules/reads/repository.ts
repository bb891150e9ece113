import { sql } from 'kysely'
import { ActionId, type PracticeId, type ReadId, type SessionId } from '../../contract/domain/ids.ts'
import { rulesOf } from '../../contract/domain/change-rules.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import type { Action, Read, ReviewState } from '../../contract/domain/reads.ts'
import { AppError } from '../../contract/errors.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { UNREAD_MARK } from '../../platform/database/prepared.ts'
import type { SessionState } from '../scans/service.ts'

/** What stands on a session before a read of it is recorded. */
export type Standing = {
  /** A read of the very id that is to be recorded, on whichever session. */
  readonly same: Read | undefined
  /** Of the session, in the order in which they were recorded. */
  readonly reads: readonly Read[]
  /** The patient-facing action that won on the session. */
  readonly winner: Pick<Action, 'id' | 'readId' | 'patientId' | 'decidedBy'> | undefined
  readonly rules: PracticeRules
}

type Found = { [K in keyof Standing]: Exclude<Standing[K], undefined> | null } & { readonly session: SessionState }

/** The session's row, locked first, so that what stands on it is seen with the lock. */
export async function lockStanding(
  tx: PracticeTx,
  practiceId: PracticeId,
  { readId, sessionId }: { readId: ReadId; sessionId: SessionId },
): Promise<Standing & { readonly session: SessionState | undefined }> {
  const { rows } = await sql<{ found: Found | null }>`
    select lock_standing(${practiceId}, ${sessionId}, ${readId}) as found`.execute(tx)
  const found = rows[0]?.found ?? undefined
  return {
    session: found?.session,
    same: found?.same ?? undefined,
    reads: found?.reads ?? [],
    winner: found?.winner ?? undefined,
    rules: rulesOf(practiceId, found?.rules ?? undefined),
  }
}

export async function findActionOfRead(
  tx: PracticeTx,
  practiceId: PracticeId,
  read: Read,
): Promise<Pick<Action, 'id' | 'patientId' | 'outcome'> | undefined> {
  const row = await tx
    .selectFrom('action')
    .select(['action_id', 'patient_id', 'outcome'])
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', read.sessionId)
    .where('read_id', '=', read.readId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { id: ActionId.parse(row.action_id), patientId: row.patient_id as Action['patientId'], outcome: row.outcome }
}

/** Before the action that takes its place is inserted: the unique index lets no two win. The caller has locked the session. */
export async function markCorrected(tx: PracticeTx, practiceId: PracticeId, id: ActionId): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('action')
    .set({ outcome: 'corrected' })
    .where('practice_id', '=', practiceId)
    .where('action_id', '=', id)
    .where('outcome', '=', 'won')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new AppError('internal', { reason: 'winner-gone', actionId: id })
}

/**
 * The read, its action, and where its session stands with them (a column of `scans`), in one statement. Nobody waits for it:
 * what it breaks the statement after it says.
 */
export async function insertDecision(
  tx: PracticeTx,
  practiceId: PracticeId,
  { read, action, state }: { read: Read; action: Action; state: ReviewState },
  nowMs: number,
): Promise<void> {
  await sql`${sql.raw(UNREAD_MARK)}
    with recorded as (
      insert into read (practice_id, read_id, session_id, reader_id, recorded_at_ms, body)
      values (${practiceId}, ${read.readId}, ${read.sessionId}, ${read.readerId}, ${nowMs}, ${JSON.stringify(read)})
    ), moved as (
      update scan_session set review_state = ${state}
       where practice_id = ${practiceId} and session_id = ${read.sessionId} and review_state <> ${state}
    )
    insert into action (practice_id, action_id, session_id, patient_id, read_id, kind, body, decided_by, outcome,
                        recorded_at_ms)
    values (${practiceId}, ${action.id}, ${action.sessionId}, ${action.patientId}, ${action.readId}, ${action.kind},
            ${JSON.stringify(action.action)}, ${action.decidedBy}, ${action.outcome}, ${nowMs})`.execute(tx)
}

/** Everything that was decided on a session, superseded and lost ones too. */
export async function listDecisionIds(
  tx: PracticeTx,
  practiceId: PracticeId,
  sessionId: SessionId,
): Promise<{ readIds: string[]; actionIds: string[] }> {
  const reads = await tx
    .selectFrom('read')
    .select('read_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .execute()
  const actions = await tx
    .selectFrom('action')
    .select('action_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .execute()
  return { readIds: reads.map((row) => row.read_id), actionIds: actions.map((row) => row.action_id) }
}
