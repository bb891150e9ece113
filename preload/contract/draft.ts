import { z } from 'zod'
import { DetailTag, Score } from '../../server/contract/domain/tags.ts'
import { EpochMs } from '../../server/contract/domain/time.ts'
import { Aligners } from '../../server/contract/domain/views.ts'

/** Longer than any field takes: a draft is kept as it stands, and refused only when it is decided. */
const Words = z.string().max(20_000)

/** What a clinician has entered for one session and not decided yet. Never leaves this computer. */
export const Draft = z.strictObject({
  scores: z
    .strictObject({
      overallTracking: Score.nullable(),
      alignerFit: Score.nullable(),
      oralHygiene: Score.nullable(),
    })
    .readonly(),
  aligners: Aligners,
  details: z.array(DetailTag).max(100).readonly(),
  note: Words,
  /** Why the next action takes the place of the one that stands for the patient. */
  reason: Words.optional(),
  /** Written for the patient or a colleague and not sent: closing the form loses none of it. */
  texts: z.strictObject({ message: Words.optional(), refer: Words.optional() }).readonly().optional(),
})
export type Draft = Readonly<z.infer<typeof Draft>>
export type TextKind = keyof NonNullable<Draft['texts']>

/** One that was entered before, perhaps before a restart. */
export const KeptDraft = z.strictObject({ entered: Draft, changedAtMs: EpochMs })
export type KeptDraft = z.infer<typeof KeptDraft>
