import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PatientFields, staleFields } from '../../server/contract/domain/patients.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { findPatient, searchPatients } from '../store/patients/patients.ts'
import { listQueueRows } from '../store/queue/queue-rows.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { discardLocally, replacePatientChangeLocally, retryLocally } from './attend.ts'
import { changePatientLocally } from './change-patient.ts'
import { pushOnce } from './push.ts'
import { answerAll, createServerStub, type ServerStub } from './testing-server-stub.ts'

const person = aPerson()
const doctor = aPerson('Dr Doctor')
const patient = aPatient()
const session = aSession(patient.id)
const by = { person, nowMs: 5000 }

let store: ReturnType<typeof openTestStore>
let server: ServerStub
beforeEach(() => {
  store = openTestStore()
  server = createServerStub()
  server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: 6 })
  const people = [person, doctor].map((body) => ({ entity: 'person' as const, id: body.id, body }))
  const scan = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage([...people, ...scan])))
})
afterEach(() => store.remove())

const change = (set: Partial<PatientFields>, as = by) =>
  write(store.db, (tx) => changePatientLocally(tx, { patientId: patient.id, set }, as))
const push = () => pushOnce({ db: store.db, api: server.api }, person.id, () => 6000, 100)
const pull = (set: Partial<PatientFields>, from: number) =>
  write(store.db, (tx) =>
    applyPage(
      tx,
      aPage([{ entity: 'patient', id: patient.id, body: { ...patient, revision: from, ...set } }], { from }),
    ),
  )
const noop = (from: number) =>
  write(store.db, (tx) => applyPage(tx, aPage([{ entity: 'patient', id: patient.id, body: null }], { from })))
const queueRow = () => listQueueRows(store.db, [session.id])[0]
const list = () => listAttentionEntries(store.db, person.id, 6000)
const onlyId = () => list()[0]?.mutationId ?? 'none'

describe('a change of a patient’s fields', () => {
  it('is seen at once in review, queue and search', () => {
    const { patient: seen } = change({ familyName: 'Abernathy', doctorId: doctor.id })
    expect(seen).toEqual({ ...patient, familyName: 'Abernathy', doctorId: doctor.id })
    expect(findPatient(store.db, patient.id)).toEqual(seen)
    expect(getReviewCase(store.db, session.id)).toMatchObject({ patient: seen, doctorName: 'Dr Doctor' })
    expect(queueRow()).toMatchObject({ patientName: 'Abernathy, Zoë', doctorName: 'Dr Doctor' })
    expect(searchPatients(store.db, 'abernathy')).toEqual([seen])
    expect(searchPatients(store.db, 'quillfeather')).toEqual([])
    expect(countWaiting(store.db)).toBe(1)
  })

  it('goes with the values that it was made on, field by field', async () => {
    change({ currentStage: 7, givenName: patient.givenName })
    await push()
    expect(server.pushes[0]?.mutations).toMatchObject([
      { name: 'patient.change', version: 1, args: { patientId: patient.id, set: { currentStage: 7 } } },
    ])
    expect(server.pushes[0]?.mutations[0]?.base).toEqual({ currentStage: 4 })
    expect(server.pushes[0]?.mutations[0]?.args).toEqual({ patientId: patient.id, set: { currentStage: 7 } })
  })

  it('that changes nothing queues nothing', () => {
    expect(change({ currentStage: 4 })).toMatchObject({ patient, mutationId: null })
    expect(countWaiting(store.db)).toBe(0)
  })

  it('after another is made on what that one left, and the server finds each on what stands', async () => {
    change({ currentStage: 7 })
    change({ currentStage: 8, status: 'refinement' })
    change({ currentStage: 4 })
    expect(findPatient(store.db, patient.id)).toMatchObject({ currentStage: 4, status: 'refinement' })
    await push()
    let stands: PatientFields = patient
    for (const { args, base } of server.pushes[0]?.mutations ?? []) {
      const { set } = args as { set: Partial<PatientFields> }
      expect(staleFields(stands, base, set)).toEqual([])
      stands = { ...stands, ...set }
    }
    expect(stands).toMatchObject({ currentStage: 4, status: 'refinement' })
  })

  it('lies on whatever the feed brings meanwhile, for names and search as well', () => {
    change({ familyName: 'Abernathy' })
    pull({ familyName: 'Colleague', totalStages: 30 }, 5)
    expect(findPatient(store.db, patient.id)).toMatchObject({ familyName: 'Abernathy', totalStages: 30 })
    expect(queueRow()).toMatchObject({ patientName: 'Abernathy, Zoë', totalStages: 30 })
    expect(searchPatients(store.db, 'abernathy')).toHaveLength(1)
    expect(searchPatients(store.db, 'colleague')).toHaveLength(0)
  })

  it('leaves nothing behind when the transaction fails after it', () => {
    const fail = () =>
      write(store.db, (tx) => {
        changePatientLocally(tx, { patientId: patient.id, set: { familyName: 'Abernathy' } }, by)
        throw new Error('killed')
      })
    expect(fail).toThrow('killed')
    expect(findPatient(store.db, patient.id)).toEqual(patient)
    expect(searchPatients(store.db, 'quillfeather')).toHaveLength(1)
    expect(countWaiting(store.db)).toBe(0)
  })

  it('is for those whom the server will let change it', () => {
    const itAdmin = { person: aPerson('Tom', ['it_admin']), nowMs: 0 }
    expect(() => change({ currentStage: 7 }, itAdmin)).toThrow('auth.denied')
    const desk = { person: aPerson('Priya', ['staff']), nowMs: 0 }
    expect(change({ currentStage: 7 }, desk).patient.currentStage).toBe(7)
  })

  it('of somebody who is not here is refused', () => {
    const args = { patientId: aPatient().id, set: { currentStage: 1 } }
    expect(() => write(store.db, (tx) => changePatientLocally(tx, args, by))).toThrow('not-found')
  })
})

describe('an acknowledged change', () => {
  it('stays in view until the feed has reached it, not before', async () => {
    change({ familyName: 'Abernathy' })
    await push()
    expect(countWaiting(store.db)).toBe(0)
    noop(5)
    expect(queueRow()?.patientName).toBe('Abernathy, Zoë')
    pull({ familyName: 'Abernathy-Boyd' }, 6)
    expect(findPatient(store.db, patient.id)?.familyName).toBe('Abernathy-Boyd')
    expect(queueRow()?.patientName).toBe('Abernathy-Boyd, Zoë')
    expect(searchPatients(store.db, 'boyd')).toHaveLength(1)
  })

  it('that the feed had brought before the answer leaves at once', async () => {
    change({ familyName: 'Abernathy' })
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: 4 })
    await push()
    expect(findPatient(store.db, patient.id)).toEqual(patient)
    expect(queueRow()?.patientName).toBe('Quillfeather, Zoë')
    expect(searchPatients(store.db, 'quillfeather')).toHaveLength(1)
  })
})

describe('a change that a colleague was faster with', () => {
  const lose = async () => {
    change({ currentStage: 7, status: 'refinement' })
    server.behave.answer = answerAll({ status: 'rejected', code: 'patient.stale', feedSeq: null })
    await push()
    pull({ currentStage: 9 }, 5)
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: 6 })
  }

  it('shows what it was made on, what was wanted and what stands now', async () => {
    await lose()
    expect(findPatient(store.db, patient.id)).toMatchObject({ currentStage: 9, status: 'active' })
    const { id: _id, revision: _revision, ...fields } = patient
    expect(list()).toMatchObject([
      { status: 'rejected', code: 'patient.stale', wanted: null, scan: null, winner: null },
    ])
    expect(list()[0]?.patientChange).toEqual({
      patientId: patient.id,
      patientName: 'Quillfeather, Zoë',
      base: { currentStage: 4, status: 'active' },
      set: { currentStage: 7, status: 'refinement' },
      current: { ...fields, currentStage: 9 },
    })
    expect(list()[0]).toMatchObject({ mayRetry: true, mayEdit: true })
  })

  it('once more sets the same on what stands now, and tells the server what became of the first', async () => {
    await lose()
    const refused = onlyId()
    const { sessionId } = write(store.db, (tx) => retryLocally(tx, refused, by))
    expect([sessionId, list()]).toEqual([null, []])
    expect(findPatient(store.db, patient.id)).toMatchObject({ currentStage: 7, status: 'refinement' })
    await push()
    const [again, resolve] = server.pushes[1]?.mutations ?? []
    expect(again).toMatchObject({
      args: { set: { currentStage: 7, status: 'refinement' } },
      base: { currentStage: 9, status: 'active' },
    })
    expect(again?.id).not.toBe(refused)
    expect(resolve?.args).toEqual({ mutationId: refused, how: 'retried', reason: '', replacedBy: again?.id })
  })

  it('once more is queued even where all of it is so by now: the first then has a successor', async () => {
    await lose()
    pull({ currentStage: 7, status: 'refinement' }, 6)
    write(store.db, (tx) => retryLocally(tx, onlyId(), by))
    expect([list(), countWaiting(store.db)]).toEqual([[], 1])
  })

  it('edited sets other values in its place', async () => {
    await lose()
    const mutationId = onlyId() as never
    const replace = (set: Partial<PatientFields>) =>
      write(store.db, (tx) => replacePatientChangeLocally(tx, { mutationId, set }, by))
    expect(() => replace({})).toThrow('input.invalid')
    expect(replace({ status: 'refinement' }).patient).toMatchObject({ currentStage: 9, status: 'refinement' })
    await push()
    const [other, resolve] = server.pushes[1]?.mutations ?? []
    expect(other).toMatchObject({ args: { set: { status: 'refinement' } }, base: { status: 'active' } })
    expect(resolve?.args).toMatchObject({ mutationId, how: 'edited', replacedBy: other?.id })
  })

  it('let go is told the server with the reason', async () => {
    await lose()
    const mutationId = onlyId()
    write(store.db, (tx) => discardLocally(tx, mutationId, 'theirs is right', by))
    await push()
    expect(server.pushes[1]?.mutations.map(({ args }) => args)).toEqual([
      { mutationId, how: 'discarded', reason: 'theirs is right', replacedBy: null },
    ])
    expect(list()).toEqual([])
  })

  it('of a patient who is gone is shown, and can only be let go', async () => {
    await lose()
    store.db.prepare('DELETE FROM patient').run()
    expect(list()).toMatchObject([
      { patientChange: { patientName: '', current: null }, mayRetry: false, mayEdit: false },
    ])
    expect(() => write(store.db, (tx) => retryLocally(tx, onlyId(), by))).toThrow('conflict.exists')
  })
})
