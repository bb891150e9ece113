import { PersonId, type PracticeId, ReadId, SecondReadId, SessionId } from '../../contract/domain/ids.ts'
import type { SecondRead } from '../../contract/domain/second-reads.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export async function findSecondRead(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SecondReadId,
): Promise<SecondRead | undefined> {
  const row = await tx
    .selectFrom('second_read')
    .selectAll()
    .where('practice_id', '=', practiceId)
    .where('second_read_id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: SecondReadId.parse(row.second_read_id),
    sessionId: SessionId.parse(row.session_id),
    firstReadId: ReadId.parse(row.first_read_id),
    firstReaderId: PersonId.parse(row.first_reader_id),
    by: row.by,
    notBeforeMs: row.not_before_ms,
    doneReadId: row.done_read_id === null ? null : ReadId.parse(row.done_read_id),
  }
}

export async function insertSecondRead(
  tx: PracticeTx,
  practiceId: PracticeId,
  second: SecondRead,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('second_read')
    .values({
      practice_id: practiceId,
      second_read_id: second.id,
      session_id: second.sessionId,
      first_read_id: second.firstReadId,
      first_reader_id: second.firstReaderId,
      by: second.by,
      not_before_ms: second.notBeforeMs,
      done_read_id: second.doneReadId,
      drawn_at_ms: nowMs,
    })
    .execute()
}

export async function saveDone(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SecondReadId,
  doneReadId: ReadId,
): Promise<void> {
  await tx
    .updateTable('second_read')
    .set({ done_read_id: doneReadId })
    .where('practice_id', '=', practiceId)
    .where('second_read_id', '=', id)
    .execute()
}

export async function listSecondReadIds(
  tx: PracticeTx,
  practiceId: PracticeId,
  sessionId: SessionId,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('second_read')
    .select('second_read_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .execute()
  return rows.map((row) => row.second_read_id)
}
