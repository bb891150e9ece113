import type { QueueRow } from '../../../preload/contract/queue.ts'
import { listName, type Patient } from '../../../server/contract/domain/patients.ts'
import { type Read, reviewStateOf, standingReads } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { fold } from '../fold.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { saveWantedPhotos } from '../photos/wanted.ts'
import { isAnyReadUnsettled } from '../outbox/overlay.ts'
import { listServerReads } from '../reads/reads.ts'
import { viewSession } from '../review/session-view.ts'
import { findSession, listSessionBriefs, listSessionsOfPatient } from '../sessions/sessions.ts'
import { sql } from '../statements.ts'
import { createLaneFacts, deleteQueuePatient, type LaneColumns, saveQueuePatient } from './lane-facts.ts'
import type { Marks, SeenBy } from './queue-lists.ts'
import type { SessionBrief } from './session-brief.ts'

/** What every reader of a row is told alike; the rest is added when it is read. */
type StoredRow = Omit<QueueRow, keyof Marks>
type LastRead = StoredRow['lastRead']

/** Brings the queue rows of one patient up to date, in the transaction that changed any of their sources. */
export function refreshQueueOfPatient(tx: WriteTx, patientId: string): void {
  const before = new Map(listStored(tx, patientId).map((row) => [row.sessionId, row]))
  const patient = findPatient(tx, patientId)
  if (patient === undefined) deleteQueuePatient(tx, patientId)
  else saveRowsOf(tx, patient, before)
  for (const sessionId of before.keys()) sql(tx, 'DELETE FROM queue_row WHERE session_id = ?').run(sessionId)
}

/** Takes out of `before` what still is there. */
function saveRowsOf(tx: WriteTx, patient: Patient, before: Map<string, Stored>): void {
  saveQueuePatient(tx, patient)
  const doctorName = patient.doctorId === null ? null : displayNameOf(tx, patient.doctorId) || null
  const nameKey = fold(listName(patient))
  const search = `${nameKey} ${fold(patient.reference)} ${fold(doctorName ?? '')}`
  const lanes = createLaneFacts(tx, patient.id)
  for (const { row, reads } of rowsOfPatient(tx, patient, doctorName)) {
    const { sessionId } = row
    const stored = { sessionId, nameKey, search, body: JSON.stringify(row), ...lanes.of(sessionId, reads) }
    // Most rows of a patient stay as they are: what is not written costs nothing.
    if (!isSame(before.get(stored.sessionId), stored)) saveRow(tx, row, stored)
    before.delete(sessionId)
  }
}

function rowsOfPatient(
  tx: WriteTx,
  patient: Patient,
  doctorName: string | null,
): { row: StoredRow; reads: readonly Read[] }[] {
  const readsOf = isAnyReadUnsettled(tx) ? readsInView : listServerReads
  let lastRead: LastRead = null
  const rows = listSessionBriefs(tx, patient.id).map((brief, index) => {
    const reads = readsOf(tx, brief.sessionId)
    lastRead = lastReadOf(reads) ?? lastRead
    return { row: rowOf({ patient, doctorName, brief, reads, lastRead, firstScan: index === 0 }), reads }
  })
  const waiting = new Set<string>(rows.flatMap(({ row }) => (row.state === 'waiting' ? [row.sessionId] : [])))
  if (waiting.size > 0)
    saveWantedPhotos(tx, listSessionsOfPatient(tx, patient.id), (session) => waiting.has(session.id))
  return rows
}

/** With this workstation's own on top. */
function readsInView(db: ReadDb, sessionId: string): readonly Read[] {
  const session = findSession(db, sessionId)
  return session === undefined ? [] : viewSession(db, session).reads
}

/** The rows as the queue shows them to whoever looks, in the order asked for; ids that have gone are left out. */
export function listQueueRows(db: ReadDb, ids: readonly string[], seen: SeenBy = BY_NOBODY): QueueRow[] {
  return ids.flatMap((id) => {
    const row = findQueueRow(db, id)
    if (row === undefined) return []
    return [{ ...(seen.isPatientBlind(id) ? withoutBlind(db, row, seen) : row), ...seen.marksOf(id) }]
  })
}

const BY_NOBODY: SeenBy = {
  isBlind: () => false,
  isPatientBlind: () => false,
  marksOf: () => ({ goals: [], isAsked: false }),
}

function findQueueRow(db: ReadDb, id: string): StoredRow | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM queue_row WHERE session_id = ?').get(id)
  return row === undefined ? undefined : bodyOf<StoredRow>(row.body) // written by saveRow alone
}

/** As it would stand had nobody read what this person is to read blind: neither this scan nor an earlier one. */
function withoutBlind(db: ReadDb, row: StoredRow, { isBlind }: SeenBy): StoredRow {
  const ids = listSessionBriefs(db, row.patientId).map(({ sessionId }) => sessionId)
  const upToThis = ids.slice(0, ids.indexOf(row.sessionId) + 1).filter((id) => !isBlind(id))
  const last = upToThis.map((id) => findQueueRow(db, id)).findLast((other) => (other?.state ?? 'waiting') !== 'waiting')
  return { ...row, state: isBlind(row.sessionId) ? 'waiting' : row.state, lastRead: last?.lastRead ?? null }
}

type Source = {
  readonly patient: Patient
  readonly doctorName: string | null
  readonly brief: SessionBrief
  readonly reads: readonly Read[]
  readonly lastRead: LastRead
  readonly firstScan: boolean
}

function rowOf({ patient, doctorName, brief, reads, lastRead, firstScan }: Source): StoredRow {
  return {
    ...brief,
    patientId: patient.id,
    patientName: listName(patient),
    reference: patient.reference,
    patientStatus: patient.status,
    doctorName,
    totalStages: patient.totalStages,
    state: reviewStateOf(reads),
    firstScan,
    lastRead,
  }
}

function lastReadOf(reads: readonly Read[]): LastRead {
  const last = standingReads(reads).at(-1)
  if (last === undefined) return null
  const { overallTracking, alignerFit, oralHygiene, action } = last
  return { overallTracking, alignerFit, oralHygiene, action: action.kind }
}

/** What a row is made of besides its columns for order: equal means nothing to write. */
type Stored = {
  readonly sessionId: string
  readonly nameKey: string
  readonly search: string
  readonly body: string
} & LaneColumns

function listStored(db: ReadDb, patientId: string): Stored[] {
  return sql<Stored>(
    db,
    `SELECT session_id AS sessionId, name_key AS nameKey, search, asked, second, body
     FROM queue_row WHERE patient_id = ?`,
  ).all(patientId)
}

function isSame(before: Stored | undefined, now: Stored): boolean {
  return (
    before?.body === now.body &&
    before.search === now.search &&
    before.nameKey === now.nameKey &&
    before.asked === now.asked &&
    before.second === now.second
  )
}

/** Every other column follows from the body, so a row that {@link isSame} is the same in all of them. */
function saveRow(tx: WriteTx, row: StoredRow, { nameKey, search, asked, second, body }: Stored): void {
  sql(
    tx,
    `INSERT OR REPLACE INTO queue_row (session_id, patient_id, name_key, search, submitted_at_ms, stage, state, flagged,
       first_scan, refinement, missing, asked, second, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.sessionId,
    row.patientId,
    nameKey,
    search,
    row.submittedAtMs,
    row.stage,
    row.state,
    row.flags.length > 0 || row.missing.length > 0 ? 1 : 0,
    row.firstScan ? 1 : 0,
    row.patientStatus === 'refinement' ? 1 : 0,
    row.missing.length,
    asked,
    second,
    body,
  )
}
