import { Patient } from '../../../server/contract/domain/patients.ts'
import { Person } from '../../../server/contract/domain/people.ts'
import type { PersonId, PracticeId } from '../../../server/contract/domain/ids.ts'
import { Action, Read } from '../../../server/contract/domain/reads.ts'
import { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { Database, PracticeTx } from '../../../server/platform/database/database.ts'
import { closeChange } from '../../../server/modules/sync/close-change.ts'
import type { FeedRow } from '../../../server/modules/sync/feed.ts'
import { inBatches, readRows } from './peers/ask.mjs'
import type { BenchRow } from './rows.ts'

/** The bench's rows as a practice that has grown: in their own tables and in the feed, a thousand in a transaction. */
export async function seedPractice(database: Database, practiceId: PracticeId, file: string): Promise<Person> {
  const rows = readRows(file) as AsyncIterable<BenchRow> // written by writeRows
  const people: Person[] = []
  for await (const batch of inBatches(rows, 1000)) {
    await database.inPractice(practiceId, async (tx) => {
      for (const row of batch.filter(({ entity }) => entity === 'person')) {
        const person = Person.parse(row.body)
        people.push(person)
        await insertPerson(tx, practiceId, person)
      }
      await insertOwn(tx, practiceId, batch)
      const feed = batch.map(({ entity, id, body }): FeedRow => ({ entity, id, op: 'put', body }))
      await closeChange(tx, practiceId, { rows: feed, entries: [] }, { pushed: null, nowMs: Date.now() })
    })
  }
  const [clinician] = people
  if (clinician === undefined) throw new Error('The rows hold no person')
  return clinician
}

async function insertPerson(tx: PracticeTx, practiceId: PracticeId, person: Person): Promise<void> {
  const account = { issuer: 'https://issuer', subject: person.id, display_name: person.displayName }
  const row = { practice_id: practiceId, person_id: person.id, ...account, roles: person.roles, active: true }
  await tx.insertInto('person').values(row).execute()
}

async function insertOwn(tx: PracticeTx, practiceId: PracticeId, batch: readonly BenchRow[]): Promise<void> {
  const of = <T>(entity: BenchRow['entity'], schema: { parse(value: unknown): T }): T[] =>
    batch.filter((row) => row.entity === entity).map((row) => schema.parse(row.body))
  const patients = of('patient', Patient).map((patient) => patientRow(practiceId, patient))
  const sessions = of('session', ScanSession).map((session) => sessionRow(practiceId, session))
  const reads = of('read', Read).map((read) => readRow(practiceId, read))
  const actions = of('action', Action).map((action) => actionRow(practiceId, action, action.decidedBy))
  if (patients.length > 0) await tx.insertInto('patient').values(patients).execute()
  if (sessions.length > 0) await tx.insertInto('scan_session').values(sessions).execute()
  if (reads.length > 0) await tx.insertInto('read').values(reads).execute()
  if (actions.length > 0) await tx.insertInto('action').values(actions).execute()
}

function patientRow(practiceId: PracticeId, patient: Patient) {
  return {
    practice_id: practiceId,
    patient_id: patient.id,
    reference: patient.id, // unique: the made-up ones may repeat
    given_name: patient.givenName,
    family_name: patient.familyName,
    birth_date: null,
    treatment_type: patient.treatmentType,
    aligner_brand: null,
    current_stage: patient.currentStage,
    total_stages: patient.totalStages,
    scan_frequency_days: patient.scanFrequencyDays,
    status: patient.status,
    doctor_id: null,
    revision: patient.revision,
  }
}

function sessionRow(practiceId: PracticeId, session: ScanSession) {
  return {
    practice_id: practiceId,
    session_id: session.id,
    patient_id: session.patientId,
    captured_on: session.capturedOn,
    submitted_at_ms: session.submittedAtMs,
    stage: session.stage,
    aligners: session.aligners,
    version: session.version,
    created_by_person: null,
    created_by_key: null,
    published_at_ms: session.submittedAtMs,
    body: JSON.stringify(session),
    review_state: 'reviewed' as const,
  }
}

function readRow(practiceId: PracticeId, read: Read) {
  const { readId, sessionId, readerId, recordedAtMs } = read
  const key = { practice_id: practiceId, read_id: readId, session_id: sessionId, reader_id: readerId }
  return { ...key, recorded_at_ms: recordedAtMs ?? 0, body: JSON.stringify(read) }
}

function actionRow(practiceId: PracticeId, action: Action, decidedBy: PersonId) {
  return {
    practice_id: practiceId,
    action_id: action.id,
    session_id: action.sessionId,
    patient_id: action.patientId,
    read_id: action.readId,
    kind: action.kind,
    body: JSON.stringify(action.action),
    decided_by: decidedBy,
    outcome: action.outcome,
    recorded_at_ms: action.recordedAtMs ?? 0,
  }
}
