import { ActionId, type PracticeId, type ReadId, type SessionId } from '../../contract/domain/ids.ts'
import type { Action, Read } from '../../contract/domain/reads.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export async function findRead(tx: PracticeTx, practiceId: PracticeId, id: ReadId): Promise<Read | undefined> {
  const row = await tx
    .selectFrom('read')
    .select('body')
    .where('practice_id', '=', practiceId)
    .where('read_id', '=', id)
    .executeTakeFirst()
  return row?.body
}

export async function listReads(tx: PracticeTx, practiceId: PracticeId, sessionId: SessionId): Promise<Read[]> {
  const rows = await tx
    .selectFrom('read')
    .select('body')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .orderBy('recorded_at_ms')
    .orderBy('read_id')
    .execute()
  return rows.map((row) => row.body)
}

export async function insertRead(tx: PracticeTx, practiceId: PracticeId, read: Read, nowMs: number): Promise<void> {
  await tx
    .insertInto('read')
    .values({
      practice_id: practiceId,
      read_id: read.readId,
      session_id: read.sessionId,
      reader_id: read.readerId,
      recorded_at_ms: nowMs,
      body: JSON.stringify(read),
    })
    .execute()
}

/** The patient-facing action that won on this session. */
export async function findWinner(
  tx: PracticeTx,
  practiceId: PracticeId,
  sessionId: SessionId,
): Promise<{ id: ActionId } | undefined> {
  const row = await tx
    .selectFrom('action')
    .select('action_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .where('outcome', '=', 'won')
    .where('kind', '<>', 'none')
    .executeTakeFirst()
  return row === undefined ? undefined : { id: ActionId.parse(row.action_id) }
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

export async function insertAction(
  tx: PracticeTx,
  practiceId: PracticeId,
  action: Action,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('action')
    .values({
      practice_id: practiceId,
      action_id: action.id,
      session_id: action.sessionId,
      patient_id: action.patientId,
      read_id: action.readId,
      kind: action.kind,
      body: JSON.stringify(action.action),
      decided_by: action.decidedBy,
      outcome: action.outcome,
      recorded_at_ms: nowMs,
    })
    .execute()
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
