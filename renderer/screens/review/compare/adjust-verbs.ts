import type { HandlersFor } from '../../../commands/table.ts'
import type { AdjustedPhoto, UsedAdjustments } from '../../../viewer/use-adjustments.ts'
import type { Viewport } from '../use-viewport.ts'

type AdjustVerb =
  | 'rotateRight'
  | 'rotateLeft'
  | 'straightenRight'
  | 'straightenLeft'
  | 'flip'
  | 'brighter'
  | 'darker'
  | 'moreContrast'
  | 'lessContrast'
  | 'warmer'
  | 'cooler'
  | 'pickGrey'
  | 'pinAdjustments'
  | 'resetAdjustments'

/** Verbs of turning and toning: on the photo under the pointer, else on the current photo of the chosen view. */
export function adjustVerbs(
  adjustments: UsedAdjustments,
  viewport: Pick<Viewport, 'findPointed'>,
  chosen: AdjustedPhoto | null,
): Pick<HandlersFor<'review'>, `review.${AdjustVerb}`> {
  const on = (verb: (photo: AdjustedPhoto) => void) => () => {
    const at = viewport.findPointed()
    const pointed = at?.pair == null ? null : { hash: at.pair.pair[at.side], view: at.view }
    const photo = pointed ?? chosen
    if (photo !== null) verb(photo)
  }
  return {
    'review.rotateRight': on((photo) => adjustments.rotate(photo, 90)),
    'review.rotateLeft': on((photo) => adjustments.rotate(photo, -90)),
    'review.straightenRight': on((photo) => adjustments.rotate(photo, 1)),
    'review.straightenLeft': on((photo) => adjustments.rotate(photo, -1)),
    'review.flip': on(adjustments.flip),
    'review.brighter': on(adjustments.brighter),
    'review.darker': on(adjustments.darker),
    'review.moreContrast': on(adjustments.moreContrast),
    'review.lessContrast': on(adjustments.lessContrast),
    'review.warmer': on(adjustments.warmer),
    'review.cooler': on(adjustments.cooler),
    'review.pickGrey': on(adjustments.pickGrey),
    'review.pinAdjustments': on(adjustments.pin),
    'review.resetAdjustments': adjustments.reset,
  }
}
