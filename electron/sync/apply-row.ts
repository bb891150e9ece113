import type { EntityName } from '../../server/contract/sync/entities.ts'
import { changeAbout, changeSession, type Changes } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { noteCorrected } from '../store/attention/note-corrected.ts'
import { saveAttention } from '../store/outbox/attention.ts'
import { findOverlayOfRead } from '../store/outbox/overlay.ts'
import { savePatient } from '../store/patients/patients.ts'
import { findPerson, savePerson, savePractice } from '../store/people/people.ts'
import { savePhotosOf } from '../store/photos/places.ts'
import { markStaleOfDoctor } from '../store/queue/stale.ts'
import { saveAction, saveRead } from '../store/reads/reads.ts'
import type { ReadyRow } from '../store/rows/ready-row.ts'
import { saveRow, saveRowAbout } from '../store/rows/save-row.ts'
import { saveSession } from '../store/sessions/sessions.ts'

type Into = {
  readonly generation: number
  readonly changes: Changes
  /** False in a copy, which brings so many that they are noted together, in their order. */
  readonly notesPhotos: boolean
}

/** One row of the feed or of a copy. A row that is here in a newer state stays as it is. */
export function applyRow(tx: WriteTx, row: ReadyRow, into: Into): void {
  // A row names its own entity: the table gives it back to the function made for it.
  const apply = APPLY[row.entity] as (tx: WriteTx, row: ReadyRow, into: Into) => void
  apply(tx, row, into)
}

const APPLY: { readonly [N in EntityName]: (tx: WriteTx, row: ReadyRow<N>, into: Into) => void } = {
  practice: (tx, practice, { generation }) => {
    savePractice(tx, practice, generation)
  },
  person: (tx, person, { generation, changes }) => {
    const renamed = findPerson(tx, person.id)?.displayName !== person.displayName
    if (!savePerson(tx, person, generation)) return
    changes.touched.practice = true
    if (renamed) markStaleOfDoctor(tx, person.id)
  },
  patient: (tx, patient, { generation, changes }) => {
    if (!savePatient(tx, patient, generation)) return
    changes.patientIds.add(patient.id)
    changes.touched.patients = true
  },
  session: (tx, session, { generation, changes, notesPhotos }) => {
    const { saved, formerPatientId } = saveSession(tx, session, generation)
    if (!saved) return
    if (notesPhotos) savePhotosOf(tx, session.id, session.photos)
    if (formerPatientId !== undefined) changes.patientIds.add(formerPatientId)
    changes.patientIds.add(session.patientId)
    changes.touched.sessions = true
  },
  practice_rules: (tx, rules, { generation, changes }) => {
    if (saveRow(tx, 'practice_rules', rules, generation)) changes.touched.practice = true
  },
  goal: (tx, { patientId: about, ...goal }, { generation, changes }) => {
    if (!saveRowAbout(tx, { table: 'goal', column: 'patient_id' }, { ...goal, about }, generation)) return
    changes.patientIds.add(about)
    changes.touched.practice = true
  },
  question: (tx, { sessionId: about, ...question }, { generation, changes }) => {
    if (saveRowAbout(tx, { table: 'question', column: 'session_id' }, { ...question, about }, generation))
      changeAbout(tx, changes, about)
  },
  second_read: (tx, { sessionId: about, ...second }, { generation, changes }) => {
    if (saveRowAbout(tx, { table: 'second_read', column: 'session_id' }, { ...second, about }, generation))
      changeAbout(tx, changes, about)
  },
  read: (tx, read, { generation, changes }) => {
    if (saveRead(tx, read, generation)) changeSession(tx, changes, read.sessionId)
  },
  action: (tx, action, { generation, changes }) => {
    if (!saveAction(tx, action, generation)) return
    noteLost(tx, action)
    if (action.correctsId !== null) noteCorrected(tx, { ...action, formerId: action.correctsId })
    changeSession(tx, changes, action.sessionId)
  },
}

/** A colleague's action came first: its author, if they decided it here, is told. The overlay is there until the feed has brought it. */
function noteLost(tx: WriteTx, { isLost, readId, recordedAtMs }: ReadyRow<'action'>): void {
  const decided = isLost ? findOverlayOfRead(tx, readId) : undefined
  if (decided === undefined) return
  const verdict = { status: 'lost', code: null, atMs: recordedAtMs } as const
  saveAttention(tx, { ...decided, name: 'read.record' }, verdict)
}
