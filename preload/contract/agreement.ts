import { z } from 'zod'
import { CalendarDay } from '../../server/contract/domain/time.ts'

/** How often two reads of the same scan agree on one score, from blind second reads. */
export const FieldAgreement = z.strictObject({
  pairs: z.int().nonnegative(),
  /** Quadratic-weighted kappa, -1 to 1; null below two pairs or when every read says the same. */
  kappa: z.number().min(-1).max(1).nullable(),
  /** 95 % interval by bootstrap; null with the kappa. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** `table[first - 1][second - 1]`: how many pairs had these two scores. */
  table: z.array(z.array(z.int().nonnegative()).length(3)).length(3),
})
export type FieldAgreement = z.infer<typeof FieldAgreement>

const Agreements = z.strictObject({
  overallTracking: FieldAgreement,
  alignerFit: FieldAgreement,
  oralHygiene: FieldAgreement,
})

/** The practice's page: between two clinicians, and of a clinician with their own earlier read. */
export const AgreementReport = z.strictObject({
  from: CalendarDay,
  to: CalendarDay,
  between: Agreements,
  within: Agreements,
  /** Cases drawn in that time, and those still waiting for their second read. */
  drawn: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
})
export type AgreementReport = z.infer<typeof AgreementReport>
