import type { CheckFlag, PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import type { View } from '../../../../server/contract/domain/views.ts'
import type { Slot } from '../case-photos.ts'

/** What makes a photo compare badly, as it is told on the photo. */
export type Doubt =
  | { readonly kind: Exclude<CheckFlag, 'wrong_view'> }
  | { readonly kind: 'wrong_view'; readonly looksLike: View | null }
  /** Now, and the other way round in the earlier scan. Never guessed: both scans say so. */
  | { readonly kind: 'aligners_in' | 'aligners_out' }

/** Already said by the flag of the intake. */
const SAID_BY: Readonly<Partial<Record<CheckFlag, string>>> = {
  blur: 'soft_focus',
  dark: 'dark',
  overexposed: 'overexposed',
  mirrored: 'mirrored',
}

/** @param earlier the photo that it is compared with */
export function doubtsOf(slot: Slot, check: PhotoCheck | null, earlier: Slot | undefined): Doubt[] {
  return [...guessesOf(slot, check), ...alignersOf(slot, earlier)]
}

function guessesOf(slot: Slot, check: PhotoCheck | null): Doubt[] {
  if (check === null) return []
  return check.flags
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ flag }) => flag)
    .filter((flag) => !slot.flags.some((said) => said === SAID_BY[flag]))
    .map((kind) => (kind === 'wrong_view' ? { kind, looksLike: check.looksLike } : { kind }))
}

/** A tray covers attachments and holds teeth where it wants them: with and without one are compared with care. */
function alignersOf({ photo, aligners: now }: Slot, earlier: Slot | undefined): Doubt[] {
  if (photo === null || earlier === undefined) return []
  if (now === 'in' && earlier.aligners === 'out') return [{ kind: 'aligners_in' }]
  if (now === 'out' && earlier.aligners === 'in') return [{ kind: 'aligners_out' }]
  return []
}
