import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePatient, findOrAdmitPatient } from '../modules/patients/service.ts'
import { writeInPractice } from '../modules/sync/service.ts'
import { systemClock } from '../platform/clock.ts'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { DEMO_PRACTICES, type DemoPerson } from './people.ts'
import { registerDemoPatients } from './register-patients.ts'
import { registerDemoPeople } from './register-people.ts'

const practice = DEMO_PRACTICES[0]!
let database: TestDatabase
let folder: string
const deps = () => ({ database, clock: systemClock, announce: () => {} })

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'loupe-patients-'))
  await registerDemoPeople(deps(), 'http://127.0.0.1:1')
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const adaeze = {
  reference: 'NS-1',
  givenName: 'Adaeze',
  familyName: 'Okafor',
  birthDate: '2009-03-14',
  treatmentType: 'aligners',
  alignerBrand: 'Spark',
  currentStage: 12,
  totalStages: 24,
  scanFrequencyDays: 14,
  status: 'active',
  doctor: 'Dr Alma Reyes',
}

async function register(patients: object[]): Promise<void> {
  const file = join(folder, 'patients.json')
  await writeFile(file, JSON.stringify(patients))
  await registerDemoPatients(deps(), file)
}
const find = (reference: string) =>
  writeInPractice(deps(), practice.id, (tx, feed) => findOrAdmitPatient(tx, feed, practice.id, { reference }))

test('a sample patient whose photos came first gets its name, and a second start leaves what people changed', async () => {
  const admitted = await find('NS-1')
  expect(admitted.status).toBe('unregistered')
  await register([adaeze])
  const registered = await find('NS-1')
  expect(registered).toMatchObject({ id: admitted.id, familyName: 'Okafor', status: 'active', revision: 2 })
  expect(registered.doctorId).toBe(practice.people[0]?.id)
  const change = { baseRevision: 2, set: { currentStage: 13 } }
  const [{ id: personId, roles }] = practice.people as [DemoPerson]
  const by = { caller: { kind: 'person', practiceId: practice.id, personId, roles }, nowMs: 1 } as const
  await writeInPractice(deps(), practice.id, (tx, feed) => changePatient({ tx, feed, ...by }, registered.id, change))
  await register([adaeze, { ...adaeze, reference: 'NS-2' }])
  expect(await find('NS-1')).toMatchObject({ currentStage: 13, revision: 3 })
  expect(await find('NS-2')).toMatchObject({ familyName: 'Okafor', revision: 1 })
})

test('a doctor whom the practice does not have, or a patient without a name, is refused', async () => {
  await expect(register([{ ...adaeze, reference: 'NS-3', doctor: 'Dr Nobody' }])).rejects.toThrow(/doctor/)
  await expect(register([{ ...adaeze, reference: 'NS-3', familyName: '' }])).rejects.toThrow(/familyName/)
  expect((await find('NS-3')).status).toBe('unregistered')
})
