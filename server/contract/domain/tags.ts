import { z } from 'zod'
import { Tooth } from './teeth.ts'
import { View } from './views.ts'

/** 1 is best. Screens, exports and messages print the word, never the digit. */
export const Score = z.union([z.literal(1), z.literal(2), z.literal(3)])
export type Score = z.infer<typeof Score>

export const SCORE_FIELDS = ['overallTracking', 'alignerFit', 'oralHygiene'] as const
export type ScoreField = (typeof SCORE_FIELDS)[number]

/** Codes of the words for each value; the sentence itself lives in the text table. */
export const SCORE_WORDS = {
  overallTracking: { 1: 'on_track', 2: 'minor_deviation', 3: 'off_track' },
  alignerFit: { 1: 'seated', 2: 'slight_unseat', 3: 'noticeable_unseat' },
  oralHygiene: { 1: 'good', 2: 'fair', 3: 'poor' },
} as const satisfies Record<ScoreField, Record<Score, string>>

/** The built-in detail vocabulary. A practice may add words of its own (`x_` codes) to this set, never remove from it. */
export const BUILT_IN_DETAILS = {
  unseat: { teeth: true, mm: true },
  lost_attachment: { teeth: true, mm: false },
  cracked_aligner: { teeth: false, mm: false },
  lost_aligner: { teeth: false, mm: false },
  missing_button: { teeth: true, mm: false },
  elastics_not_worn: { teeth: false, mm: false },
  ipr_needed: { teeth: true, mm: true },
  black_triangle: { teeth: true, mm: false },
  plaque: { teeth: true, mm: false },
  gingivitis: { teeth: true, mm: false },
  recession: { teeth: true, mm: true },
  white_spot: { teeth: true, mm: false },
  debond: { teeth: true, mm: false },
  sore: { teeth: false, mm: false },
  wrong_stage: { teeth: false, mm: false },
  retake_blur: { teeth: false, mm: false },
  retake_angle: { teeth: false, mm: false },
  retake_missing_view: { teeth: false, mm: false },
  retake_fogged: { teeth: false, mm: false },
  retake_light: { teeth: false, mm: false },
  retake_framing: { teeth: false, mm: false },
  retake_tray_out: { teeth: false, mm: false },
  retake_tray_in: { teeth: false, mm: false },
} as const satisfies Record<string, { teeth: boolean; mm: boolean }>
export type BuiltInDetail = keyof typeof BUILT_IN_DETAILS

export const DetailCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)

export const DetailTag = z.strictObject({
  code: DetailCode,
  teeth: z.array(Tooth).max(32),
  /** Millimetres as the clinician saw it; null when not given. */
  mm: z.number().min(0).max(20).nullable(),
})
export type DetailTag = z.infer<typeof DetailTag>

/** What the clinician decided to do. Everything but `none` reaches the patient or the front desk. */
export const ActionTaken = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve_progression'), toStage: z.int().positive() }),
  z.strictObject({ kind: z.literal('hold_aligner'), days: z.int().min(1).max(60) }),
  z.strictObject({
    kind: z.literal('request_retake'),
    views: z.array(View).min(1).max(5),
    reasons: z.array(DetailCode).max(6),
  }),
  z.strictObject({ kind: z.literal('message_patient'), text: z.string().trim().min(1).max(2000) }),
  z.strictObject({ kind: z.literal('schedule_appointment'), withinDays: z.int().min(0).max(365) }),
  z.strictObject({ kind: z.literal('refer'), reason: z.string().trim().min(1).max(500) }),
  z.strictObject({ kind: z.literal('none') }),
])
export type ActionTaken = z.infer<typeof ActionTaken>
export type ActionKind = ActionTaken['kind']

export const ACTION_KINDS = [
  'approve_progression',
  'hold_aligner',
  'request_retake',
  'message_patient',
  'schedule_appointment',
  'refer',
  'none',
] as const satisfies readonly ActionKind[]
export const ActionKindSchema = z.enum(ACTION_KINDS)

/** `none` changes nothing for the patient; every other action has one winner and can be taken back until it is sent. */
export function isPatientFacing(kind: ActionKind): boolean {
  return kind !== 'none'
}
