import { fitScale, type Look, type SizePx, type Turn } from '../../../viewer/geometry.ts'
import { lookOfCurrent, lookOfPrior } from '../../../viewer/pair-link.ts'
import { linkOf, type PairState } from './pair-state.ts'

/** Two photos in equal frames. The frame is null until it was measured. */
export type PairSizes = {
  readonly current: SizePx
  readonly prior: SizePx
  readonly frame: SizePx | null
  /** How each is shown turned; as they were taken when left out. */
  readonly turns?: { readonly current: Turn; readonly prior: Turn }
}

/**
 * A look's zoom counts from fit, a transform from fractions: between photos of unlike shape the same tooth is equally
 * large on both sides only with this factor. So between photos of which one is turned: fit is of the turned one.
 */
function zoomRatio(state: PairState, { current, prior, frame, turns }: PairSizes): number {
  if (state.phase !== 'aligned' || frame === null || frame.widthPx === 0) return 1
  const side = (photo: SizePx, turn?: Turn) => Math.sqrt(photo.widthPx * photo.heightPx) * fitScale(photo, frame, turn)
  return side(current, turns?.current) / side(prior, turns?.prior)
}

/** The prior's look that shows the same teeth. @returns the very same look where nothing lies between the two */
export function priorLook(current: Look, state: PairState, sizes: PairSizes): Look {
  if (state.phase !== 'aligned' && state.nudge.x === 0 && state.nudge.y === 0) return current
  const look = lookOfPrior(current, linkOf(state))
  return { ...look, zoom: look.zoom * zoomRatio(state, sizes) }
}

/** The current photo's look after a hand moved the prior of a linked pair. */
export function currentLook(prior: Look, state: PairState, sizes: PairSizes): Look {
  return lookOfCurrent({ ...prior, zoom: prior.zoom / zoomRatio(state, sizes) }, linkOf(state))
}
