import type { PersonId, SecondReadId } from '../../../server/contract/domain/ids.ts'
import type { Read } from '../../../server/contract/domain/reads.ts'
import { mayReadSecond, type SecondRead } from '../../../server/contract/domain/second-reads.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { sql } from '../statements.ts'

/** Who looks, and when by this workstation's clock. */
export type Viewer = { readonly personId: PersonId; readonly mayDecide: boolean; readonly nowMs: number }
/** A draw that nobody has answered, as far as this workstation knows. */
export type OpenSecond = Pick<SecondRead, 'id' | 'by' | 'firstReaderId' | 'notBeforeMs'> & {
  /** Who has read the scan besides the first reader: nobody of them can read it blind. */
  readonly readBy: readonly PersonId[]
}

export function findSecondRead(db: ReadDb, id: SecondReadId): SecondRead | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM second_read WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<SecondRead>(row.body)
}

export function listSecondReads(db: ReadDb, sessionId: string): SecondRead[] {
  return sql<{ body: string }>(db, 'SELECT body FROM second_read WHERE session_id = ?')
    .all(sessionId)
    .map((row) => bodyOf<SecondRead>(row.body))
}

/** Scans of this patient that were ever drawn; some of them twice. */
export function listSessionsDrawn(db: ReadDb, patientId: string): string[] {
  const text = `SELECT d.session_id AS id FROM session s JOIN second_read d ON d.session_id = s.id
    WHERE s.patient_id = ?`
  return sql<{ id: string }>(db, text)
    .all(patientId)
    .map((row) => row.id)
}

/** @param reads of the scan in view, this workstation's own included */
export function openSeconds(seconds: readonly SecondRead[], reads: readonly Read[]): OpenSecond[] {
  return seconds
    .filter(({ id, doneReadId }) => doneReadId === null && !reads.some((read) => read.secondReadId === id))
    .map(({ id, by, firstReaderId, notBeforeMs }) => {
      const readBy = new Set(reads.map((read) => read.readerId).filter((reader) => reader !== firstReaderId))
      return { id, by, firstReaderId, notBeforeMs, readBy: [...readBy] }
    })
}

/** The draw that this person's next read of the scan answers: to them the scan is one that nobody has read. */
export function findOffered(seconds: readonly OpenSecond[], viewer: Viewer): OpenSecond | undefined {
  if (!viewer.mayDecide) return undefined
  return seconds.find(
    (second) =>
      !second.readBy.includes(viewer.personId) &&
      mayReadSecond({ ...second, doneReadId: null }, viewer.personId, viewer.nowMs),
  )
}
