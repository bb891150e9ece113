import { sql } from 'kysely'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { ReviewState } from '../../contract/domain/reads.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { PATIENT_COLUMNS } from '../patients/service.ts'
import type { Before } from './cursor.ts'

/** One page of published sessions with their patients, newest first: an index gives the order, nothing is sorted. */
export function queryDashboard(
  tx: PracticeTx,
  practiceId: PracticeId,
  page: { limit: number; state?: ReviewState | undefined; before?: Before | undefined },
) {
  let query = tx
    .selectFrom('scan_session as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.practice_id', '=', 's.practice_id').onRef('p.patient_id', '=', 's.patient_id'),
    )
    .select(['s.body', 's.review_state', 's.submitted_at_ms', 's.session_id'])
    .select(PATIENT_COLUMNS.map((column) => `p.${column}` as const))
    .where('s.practice_id', '=', practiceId)
    .where('s.published_at_ms', 'is not', null)
    .where('s.withdrawn_at_ms', 'is', null)
    .orderBy('s.submitted_at_ms', 'desc')
    .orderBy('s.session_id', 'desc')
    .limit(page.limit)
  if (page.state !== undefined) query = query.where('s.review_state', '=', page.state)
  if (page.before !== undefined) {
    const { submittedAtMs, sessionId } = page.before
    query = query.where(sql<boolean>`(s.submitted_at_ms, s.session_id) < (${submittedAtMs}, ${sessionId}::uuid)`)
  }
  return query
}
