import type { CheckFlag, PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import type { Aligners, View } from '../../../../server/contract/domain/views.ts'
import type { Slot } from '../case-photos.ts'

/** What makes a photo compare badly, as it is told on the photo. */
export type Doubt =
  | { readonly kind: Exclude<CheckFlag, 'wrong_view'> }
  | { readonly kind: 'wrong_view'; readonly looksLike: View | null }
  | { readonly kind: 'aligners_in' | 'aligners_out' }

/** Already said by the flag of the intake. */
const SAID_BY: Readonly<Partial<Record<CheckFlag, string>>> = {
  blur: 'soft_focus',
  dark: 'dark',
  overexposed: 'overexposed',
  mirrored: 'mirrored',
}

/** @param filed what the session says about the aligners */
export function doubtsOf(slot: Slot, check: PhotoCheck | null, filed: Aligners): Doubt[] {
  if (check === null) return []
  const flags = check.flags
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ flag }) => flag)
    .filter((flag) => !slot.flags.some((said) => said === SAID_BY[flag]))
  const doubts: Doubt[] = flags.map((kind) => (kind === 'wrong_view' ? { kind, looksLike: check.looksLike } : { kind }))
  if (check.aligners !== 'unknown' && filed !== 'unknown' && check.aligners !== filed)
    doubts.push({ kind: check.aligners === 'in' ? 'aligners_in' : 'aligners_out' })
  return doubts
}
