import type { QueueRow } from '../../../preload/contract/queue.ts'
import { listName, type Patient } from '../../../server/contract/domain/patients.ts'
import { type Action, type Read, reviewStateOf, standingReads } from '../../../server/contract/domain/reads.ts'
import { missingViews, type ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { fold } from '../fold.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { saveWantedPhotos } from '../photos/wanted.ts'
import { type SessionView, viewSession } from '../review/session-view.ts'
import { listSessionsOfPatient } from '../sessions/sessions.ts'
import { sql } from '../statements.ts'

type LastRead = QueueRow['lastRead']

/** Makes the queue rows of one patient anew, in the transaction that changed any of their sources. */
export function refreshQueueOfPatient(tx: WriteTx, patientId: string): void {
  sql(tx, 'DELETE FROM queue_row WHERE patient_id = ?').run(patientId)
  const patient = findPatient(tx, patientId)
  if (patient === undefined) return
  const doctorName = patient.doctorId === null ? null : displayNameOf(tx, patient.doctorId) || null
  const sessions = listSessionsOfPatient(tx, patientId)
  let lastRead: LastRead = null
  for (const [index, session] of sessions.entries()) {
    const view = viewSession(tx, session)
    lastRead = lastReadOf(view) ?? lastRead
    saveRow(tx, rowOf({ patient, doctorName, session, view, lastRead, firstScan: index === 0 }))
  }
  saveWantedPhotos(tx, sessions, (session) => isWaiting(tx, session.id))
}

/** The row as the queue shows it, in the order asked for; ids that have gone are left out. */
export function listQueueRows(db: ReadDb, ids: readonly string[]): QueueRow[] {
  const one = sql<{ body: string }>(db, 'SELECT body FROM queue_row WHERE session_id = ?')
  return ids.flatMap((id) => {
    const row = one.get(id)
    return row === undefined ? [] : [JSON.parse(row.body) as QueueRow] // written by saveRow alone
  })
}

function isWaiting(db: ReadDb, sessionId: string): boolean {
  const row = sql<{ state: string }>(db, 'SELECT state FROM queue_row WHERE session_id = ?').get(sessionId)
  return row?.state === 'waiting'
}

type Source = {
  readonly patient: Patient
  readonly doctorName: string | null
  readonly session: ScanSession
  readonly view: SessionView
  readonly lastRead: LastRead
  readonly firstScan: boolean
}

function rowOf({ patient, doctorName, session, view, lastRead, firstScan }: Source): QueueRow {
  const usable = session.images.filter((image) => image.photo !== null)
  const face = usable.find((image) => image.view === 'frontal') ?? usable[0]
  return {
    sessionId: session.id,
    patientId: patient.id,
    patientName: listName(patient),
    reference: patient.reference,
    patientStatus: patient.status,
    doctorName,
    stage: session.stage,
    totalStages: patient.totalStages,
    capturedOn: session.capturedOn,
    submittedAtMs: session.submittedAtMs,
    state: reviewStateOf(view.reads),
    thumbnail: face?.photo?.hash ?? null,
    photoCount: usable.length,
    missing: missingViews(session),
    flags: flagsOf(session),
    firstScan,
    lastRead,
  }
}

function flagsOf(session: ScanSession): QueueRow['flags'] {
  return session.images.flatMap((image) => [
    ...(image.photo?.quality.flags ?? []).map((flag) => ({ view: image.view, flag })),
    ...(image.mirrored === 'uncorrected' ? [{ view: image.view, flag: 'mirrored' as const }] : []),
    ...(image.photo === null ? [{ view: image.view, flag: 'refused' as const }] : []),
  ])
}

function lastReadOf(view: SessionView): LastRead {
  const last: Read | undefined = standingReads(view.reads).at(-1)
  if (last === undefined) return null
  const action: Action | undefined = view.actions.find((candidate) => candidate.readId === last.readId)
  const { overallTracking, alignerFit, oralHygiene } = last
  return { overallTracking, alignerFit, oralHygiene, action: action?.kind ?? last.action.kind }
}

function saveRow(tx: WriteTx, row: QueueRow): void {
  const name = fold(row.patientName)
  sql(
    tx,
    `INSERT INTO queue_row (session_id, patient_id, name_key, search, submitted_at_ms, stage, state, flagged, first_scan, refinement, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.sessionId,
    row.patientId,
    name,
    `${name} ${fold(row.reference)} ${fold(row.doctorName ?? '')}`,
    row.submittedAtMs,
    row.stage,
    row.state,
    row.flags.length > 0 || row.missing.length > 0 ? 1 : 0,
    row.firstScan ? 1 : 0,
    row.patientStatus === 'refinement' ? 1 : 0,
    JSON.stringify(row),
  )
}
