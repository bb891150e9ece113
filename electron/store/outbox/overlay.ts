import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import type { PatientFields } from '../../../server/contract/domain/patients.ts'
import type { ChangePatient } from '../../../server/contract/sync/mutations.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { saveDecidedHere } from './decided-here.ts'

type OverlayRow<A> = {
  readonly mutationId: string
  readonly personId: string
  readonly args: A
  readonly feedSeq: number | null
}
/** What a change lies on: a scan for a read, a patient for a change of their fields, else a row of the practice. */
export type Overlaid = {
  readonly name: string
  readonly sessionId: string | null
  readonly patientId: string | null
  /** The patient of a goal, the scan of a question. */
  readonly about: string | null
}
/** A ChangePatient as JSON gives it back: a field is named or it is not. */
type SetFields = { readonly patientId: string; readonly set: Partial<PatientFields> }
type Placed = { readonly mutationId: string; readonly position: number; readonly personId: string }

export const OVERLAID = 'name, session_id AS sessionId, patient_id AS patientId, about'
const COLUMNS = 'mutation_id AS mutationId, person_id AS personId, args, feed_seq AS feedSeq'

/** Reads of this scan that the feed has not brought, in the order they were decided. */
export function listOverlay(db: ReadDb, sessionId: string): OverlayRow<RecordRead>[] {
  const text = `SELECT ${COLUMNS} FROM overlay WHERE session_id = ? ORDER BY position`
  return sql<OverlayRow<string>>(db, text)
    .all(sessionId)
    .map((row) => ({ ...row, args: bodyOf<RecordRead>(row.args) }))
}

/** Changes of this patient's fields that the feed has not brought, in the order they were made. */
export function listPatientOverlay(db: ReadDb, patientId: string): OverlayRow<SetFields>[] {
  const text = `SELECT ${COLUMNS} FROM overlay WHERE patient_id = ? ORDER BY position`
  return sql<OverlayRow<string>>(db, text)
    .all(patientId)
    .map((row) => ({ ...row, args: bodyOf<SetFields>(row.args) }))
}

/** Whether any read lies on top of the server's rows at all: in most moments none does. */
export function isAnyReadUnsettled(db: ReadDb): boolean {
  return sql(db, 'SELECT 1 FROM overlay WHERE session_id IS NOT NULL LIMIT 1').get() !== undefined
}

export function saveOverlay(
  tx: WriteTx,
  { mutationId, position, personId, args }: Placed & { args: RecordRead },
): void {
  sql(
    tx,
    `INSERT INTO overlay (mutation_id, position, name, session_id, read_id, person_id, args)
     VALUES (?, ?, 'read.record', ?, ?, ?, ?)`,
  ).run(mutationId, position, args.sessionId, args.readId, personId, JSON.stringify(args))
  saveDecidedHere(tx, args.actionId, { mutationId, personId })
}

export function savePatientOverlay(
  tx: WriteTx,
  { mutationId, position, personId, args }: Placed & { args: ChangePatient },
): void {
  sql(
    tx,
    `INSERT INTO overlay (mutation_id, position, name, patient_id, person_id, args)
     VALUES (?, ?, 'patient.change', ?, ?, ?)`,
  ).run(mutationId, position, args.patientId, personId, JSON.stringify(args))
}

/** The server has it: it stays in view until the feed has brought the rows themselves. */
export function markOverlayAcknowledged(tx: WriteTx, mutationId: string, feedSeq: number): void {
  sql(tx, 'UPDATE overlay SET feed_seq = ? WHERE mutation_id = ?').run(feedSeq, mutationId)
}

/** @returns whose view changes */
export function dropOverlay(tx: WriteTx, mutationId: string): Overlaid | undefined {
  return sql<Overlaid>(tx, `DELETE FROM overlay WHERE mutation_id = ? RETURNING ${OVERLAID}`).get(mutationId)
}

/** Drops what the feed has now reached; `Infinity` after a bootstrap, which holds everything acknowledged before it. */
export function dropReachedOverlay(tx: WriteTx, seq: number): Overlaid[] {
  const upTo = Number.isFinite(seq) ? seq : Number.MAX_SAFE_INTEGER
  const text = `DELETE FROM overlay WHERE feed_seq IS NOT NULL AND feed_seq <= ? RETURNING ${OVERLAID}`
  return sql<Overlaid>(tx, text).all(upTo)
}

/** Whose decision the feed brings back, while it is still on top of the server's rows. */
export function findOverlayOfRead(
  db: ReadDb,
  readId: string,
): { mutationId: string; personId: string; args: string; base: string } | undefined {
  const text = `SELECT mutation_id AS mutationId, person_id AS personId, args, '{}' AS base FROM overlay WHERE read_id = ?`
  return sql<{ mutationId: string; personId: string; args: string; base: string }>(db, text).get(readId)
}

/** JSON of a change that is still on top of the server's rows. */
export function findOverlaidArgs(db: ReadDb, mutationId: string): string | undefined {
  return sql<{ args: string }>(db, 'SELECT args FROM overlay WHERE mutation_id = ?').get(mutationId)?.args
}
