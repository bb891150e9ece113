import { z } from 'zod'

/**
 * What a person may do in one practice (docs/security.md has the matrix).
 * - `clinician` reads and decides
 * - `staff` is the front desk: sees photos, cannot decide
 * - `practice_admin` sets up people and keys of one practice
 * - `it_admin` machines, releases, policies; no patient data
 * - `auditor` the audit log only
 */
export const Role = z.enum(['clinician', 'staff', 'practice_admin', 'it_admin', 'auditor'])
export type Role = z.infer<typeof Role>

/** Roles whose workstation holds patient data, and that may therefore pull the feed. */
export const PATIENT_DATA_ROLES = ['clinician', 'staff', 'practice_admin'] as const satisfies readonly Role[]

export function seesPatientData(roles: readonly Role[]): boolean {
  return roles.some((role) => (PATIENT_DATA_ROLES as readonly Role[]).includes(role))
}

/** Only a clinician may record a read or release an action to a patient. */
export function mayDecide(roles: readonly Role[]): boolean {
  return roles.includes('clinician')
}
