import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PatientFields } from '../contract/domain/patients.ts'
import type { ModuleDeps } from '../modules/deps.ts'
import { registerPatient } from '../modules/patients/service.ts'
import { writeInPractice } from '../modules/sync/service.ts'
import { DEMO_PRACTICES, type DemoPractice } from './people.ts'

/** The file of LOUPE_DEMO_PATIENTS: the fields of a patient, and the name of a clinician of the first practice. */
const DemoPatients = z.array(PatientFields.omit({ doctorId: true }).extend({ doctor: z.string() }))

/**
 * Enters the sample patients in the first practice of the demonstration. What people changed since is left alone.
 * @throws Error when the file is missing, is not what it should be, or names a doctor nobody knows
 */
export async function registerDemoPatients(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  file: string,
): Promise<void> {
  const [practice] = DEMO_PRACTICES
  if (practice === undefined) return
  const patients = DemoPatients.parse(JSON.parse(await readFile(file, 'utf8')))
  await writeInPractice(deps, practice.id, async (tx, feed) => {
    for (const { doctor, ...fields } of patients) {
      await registerPatient(tx, feed, practice.id, { ...fields, doctorId: doctorNamed(practice, doctor) })
    }
  })
}

function doctorNamed(practice: DemoPractice, displayName: string) {
  const found = practice.people.find((person) => person.displayName === displayName)
  if (found === undefined) throw new Error(`The sample patients name a doctor whom ${practice.name} does not have`)
  return found.id
}
