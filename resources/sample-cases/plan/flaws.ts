import { type View, VIEWS } from '../../../server/contract/domain/views.ts'

/**
 * What is wrong on purpose with one photo.
 * - `mirrored`: stored flipped and the manifest says so; `mirrored-unsaid`: stored flipped, the manifest says nothing
 * - `truncated`: the file ends in the middle; `sideways`: pixels stored turned, the EXIF orientation sets it right
 */
export const FLAWS = [
  'blurred',
  'dark',
  'overexposed',
  'mirrored',
  'mirrored-unsaid',
  'missing',
  'truncated',
  'sideways',
] as const
export type Flaw = (typeof FLAWS)[number]

type Planned = { readonly patient: number; readonly age: number; readonly view: View; readonly flaws: readonly Flaw[] }
/** By the patient's place in `patients.json` and the session's age: 0 is the newest. */
const PLANNED: readonly Planned[] = [
  { patient: 1, age: 0, view: 'frontal', flaws: ['blurred'] },
  { patient: 2, age: 0, view: 'occlusal_lower', flaws: ['missing'] },
  { patient: 3, age: 0, view: 'buccal_left', flaws: ['mirrored-unsaid'] },
  { patient: 4, age: 0, view: 'frontal', flaws: ['dark'] },
  { patient: 5, age: 0, view: 'occlusal_upper', flaws: ['mirrored'] },
  { patient: 5, age: 0, view: 'occlusal_lower', flaws: ['mirrored'] },
  { patient: 6, age: 1, view: 'buccal_right', flaws: ['blurred'] },
  { patient: 7, age: 0, view: 'occlusal_lower', flaws: ['truncated'] },
  { patient: 8, age: 1, view: 'frontal', flaws: ['overexposed'] },
  { patient: 9, age: 0, view: 'occlusal_upper', flaws: ['sideways'] },
  { patient: 10, age: 0, view: 'occlusal_upper', flaws: ['missing'] },
  { patient: 10, age: 0, view: 'buccal_right', flaws: ['blurred', 'dark'] },
  { patient: 11, age: 1, view: 'frontal', flaws: ['missing'] },
]

export function flawsOf(patient: number, age: number): Readonly<Record<View, readonly Flaw[]>> {
  const of = (view: View) =>
    PLANNED.find((one) => one.patient === patient && one.age === age && one.view === view)?.flaws ?? []
  const [a, b, c, d, e] = VIEWS.map(of)
  return {
    occlusal_upper: a ?? [],
    buccal_right: b ?? [],
    frontal: c ?? [],
    buccal_left: d ?? [],
    occlusal_lower: e ?? [],
  }
}
