import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PatientId } from '../../contract/domain/ids.ts'
import type { NewPatient, PatientChange } from '../../contract/domain/patients.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

function newPatient(change: Partial<NewPatient> = {}): NewPatient {
  return {
    id: PatientId.parse(uuidV7()),
    reference: uuidV7(),
    givenName: 'Adaeze',
    familyName: 'Okafor',
    birthDate: '2008-02-29',
    treatmentType: 'aligners',
    alignerBrand: 'Clear',
    currentStage: 3,
    totalStages: 20,
    scanFrequencyDays: 7,
    status: 'active',
    doctorId: practice.clinician.personId,
    ...change,
  }
}

const register = (body: NewPatient, caller: PersonPrincipal = practice.clinician) =>
  server.handlers['patients.create']({ body, params: undefined, query: undefined }, caller)
const change = (id: PatientId, body: PatientChange, caller: PersonPrincipal = practice.clinician) =>
  server.handlers['patients.change']({ params: { id }, body, query: undefined }, caller)
const get = (id: PatientId, caller: PersonPrincipal) =>
  server.handlers['patients.get']({ params: { id }, query: undefined, body: undefined }, caller)

test('every field comes back as it went in, a birthday on the same day', async () => {
  const fields = newPatient()
  await register(fields)
  expect(await get(fields.id, practice.clinician)).toEqual({ ...fields, revision: 1 })
})

test('the same again is the same patient; other contents or a taken reference is a conflict', async () => {
  const fields = newPatient()
  const first = await register(fields)
  expect(await register(fields)).toEqual(first)
  const conflict = { code: 'conflict.exists' }
  await expect(register({ ...fields, givenName: 'Other' })).rejects.toMatchObject(conflict)
  await expect(register(newPatient({ reference: fields.reference }))).rejects.toMatchObject(conflict)
})

test('of two changes made on the same revision one is accepted and the other is told', async () => {
  const { id } = await register(newPatient())
  const answers = await Promise.allSettled(
    [4, 5].map((currentStage) => change(id, { baseRevision: 1, set: { currentStage } })),
  )
  expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({
    reason: { code: 'patient.stale', detail: { revision: 2 } },
  })
})

test('a change sets what it names, null included, and leaves the rest', async () => {
  const fields = newPatient()
  await register(fields)
  const changed = await change(fields.id, { baseRevision: 1, set: { alignerBrand: null, currentStage: 4 } })
  expect(changed).toEqual({ ...fields, alignerBrand: null, currentStage: 4, revision: 2 })
})

test('a patient of another practice is not there, and its reference is free', async () => {
  const fields = newPatient()
  await register(fields)
  const other = await openPractice(server)
  await expect(get(fields.id, other.clinician)).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    change(fields.id, { baseRevision: 1, set: { status: 'paused' } }, other.clinician),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
  const own = newPatient({ reference: fields.reference, doctorId: null })
  expect((await register(own, other.clinician)).reference).toBe(fields.reference)
})

test('a doctor of another practice cannot be named', async () => {
  const other = await openPractice(server)
  const fields = newPatient({ doctorId: other.clinician.personId })
  await expect(register(fields)).rejects.toMatchObject({ code: 'input.invalid' })
})

test('pages go through all references once', async () => {
  for (const reference of ['b', 'a', 'd', 'c', 'B']) await register(newPatient({ reference }))
  const seen: string[] = []
  let after: string | undefined
  do {
    const query = { limit: 2, ...(after === undefined ? {} : { after }) }
    const page = await server.handlers['patients.list'](
      { query, params: undefined, body: undefined },
      practice.clinician,
    )
    seen.push(...page.patients.map((patient) => patient.reference))
    after = page.next ?? undefined
  } while (after !== undefined)
  expect(seen.toSorted()).toEqual(['B', 'a', 'b', 'c', 'd'])
})
