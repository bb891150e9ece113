import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { PatientFields } from '../../../server/contract/domain/patients.ts'

/** One patient of the sample practice, as `patients.json` lists them; the demo server registers them by these fields. */
export const SamplePatient = PatientFields.omit({ doctorId: true }).extend({ doctor: z.string().min(1) })
export type SamplePatient = z.infer<typeof SamplePatient>

export function readSamplePatients(): readonly SamplePatient[] {
  const text = readFileSync(new URL('../patients.json', import.meta.url), 'utf8')
  return z.array(SamplePatient).parse(JSON.parse(text))
}
