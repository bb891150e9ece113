import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PatientId } from '../../contract/domain/ids.ts'
import type { Patient, PatientFields } from '../../contract/domain/patients.ts'
import { envelope, listAudit, listParked, pushAs } from '../testing-sync.ts'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'

let server: TestServer
let practice: TestPractice
let patient: Patient
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  const body = {
    id: PatientId.parse(uuidV7()),
    reference: 'N-1',
    givenName: 'Adaeze',
    familyName: 'Okafor',
    birthDate: '2008-02-29',
    treatmentType: 'aligners',
    alignerBrand: null,
    currentStage: 3,
    totalStages: 20,
    scanFrequencyDays: 7,
    status: 'active',
    doctorId: null,
  } as const
  patient = await server.handlers['patients.create']({ body, params: undefined, query: undefined }, practice.clinician)
})

const change = (set: Partial<PatientFields>, base: Record<string, unknown>, patientId = patient.id) =>
  envelope('patient.change', { patientId, set }, { base })
const find = () =>
  server.handlers['patients.get']({ params: { id: patient.id }, query: undefined, body: undefined }, practice.clinician)

test('two people who changed different fields offline both succeed', async () => {
  const front = await practice.hire('staff')
  const [first] = await pushAs(server, practice.clinician, change({ currentStage: 4 }, { currentStage: 3 }))
  const [second] = await pushAs(server, front, change({ givenName: 'Ada' }, { givenName: 'Adaeze' }))
  expect([first?.status, second?.status]).toEqual(['applied', 'applied'])
  expect(await find()).toEqual({ ...patient, currentStage: 4, givenName: 'Ada', revision: 3 })
})

test('a field that a colleague changed first parks the whole change, with what it was made on', async () => {
  await pushAs(server, practice.clinician, change({ currentStage: 4 }, { currentStage: 3 }))
  const late = change({ currentStage: 5, givenName: 'Ada' }, { currentStage: 3, givenName: 'Adaeze' })
  const [result] = await pushAs(server, practice.clinician, late)
  expect(result).toMatchObject({ status: 'parked', code: 'patient.stale', feedSeq: null })
  expect(await find()).toMatchObject({ currentStage: 4, givenName: 'Adaeze', revision: 2 })
  expect(await listParked(server, practice)).toMatchObject([
    { mutation_id: late.id, code: 'patient.stale', args: late.args, base: late.base },
  ])
})

test('of two people who set the same field to the same value neither is told of a conflict', async () => {
  const set = { doctorId: practice.clinician.personId }
  const results = [
    ...(await pushAs(server, practice.clinician, change(set, { doctorId: null }))),
    ...(await pushAs(server, practice.clinician, change(set, { doctorId: null }))),
  ]
  expect(results.map((result) => [result.status, result.feedSeq === null])).toEqual([
    ['applied', false], // a place in the feed also for the second: its overlay stays until the value has been pulled
    ['applied', false],
  ])
})

test('two at once on one field: one is applied, the other parked', async () => {
  const both = await Promise.all(
    [4, 5].map((stage) => pushAs(server, practice.clinician, change({ currentStage: stage }, { currentStage: 3 }))),
  )
  expect(new Set(both.map(([result]) => result?.status))).toEqual(new Set(['applied', 'parked']))
})

test('the feed carries the patient, the audit log the names of the fields and no value', async () => {
  const sent = change({ givenName: 'Ada', currentStage: 4 }, { givenName: 'Adaeze', currentStage: 3 })
  const [result] = await pushAs(server, practice.clinician, sent)
  const row = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed')
      .selectAll()
      .where('seq', '=', result?.feedSeq ?? 0)
      .executeTakeFirst(),
  )
  expect(row).toMatchObject({ entity: 'patient', mutation_id: sent.id, body: await find() })
  const [entry] = await listAudit(server, practice, 'patient.change')
  expect(entry?.subject).toEqual({ patientId: patient.id, revision: 2, fields: 'givenName currentStage' })
})

test('a patient of another practice is not there', async () => {
  const other = await openPractice(server)
  const [result] = await pushAs(server, other.clinician, change({ currentStage: 4 }, { currentStage: 3 }))
  expect(result).toMatchObject({ status: 'rejected', code: 'not-found' })
  expect((await find()).revision).toBe(1)
})

test('a doctor who does not work here is refused, and so is text that no database holds', async () => {
  const results = await pushAs(
    server,
    practice.clinician,
    change({ doctorId: practice.id as never }, { doctorId: null }),
    change({ givenName: 'a\0b' }, { givenName: 'Adaeze' }),
    change({ givenName: 'a\ud800' }, { givenName: 'Adaeze' }),
  )
  expect(results.map((result) => [result.status, result.code])).toEqual(
    Array.from({ length: 3 }, () => ['rejected', 'input.invalid']),
  )
  expect((await find()).revision).toBe(1)
})
