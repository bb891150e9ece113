import type { Alignment } from '../../preload/contract/alignment.ts'
import type { CheckFlag, PhotoCheck } from '../../preload/contract/photo-check.ts'
import { CUT_OFFS } from './cut-offs.ts'

/** What lining a photo up with an earlier one of its view settles. */
const OF_VIEW: ReadonlySet<CheckFlag> = new Set<CheckFlag>(['mirrored', 'upside_down', 'wrong_view'])
/** Which of the two photos is the mirrored, turned or tilted one, the pair does not tell. */
const ONE_OF_TWO = 0.5

/**
 * An earlier photo of this view knows better than a template: one that lies under this photo settles that it is that
 * view, the right way round; one that lies under it only when it is turned over, or on its head, that one of them is so.
 */
export function withPair(check: PhotoCheck, alignment: Alignment): PhotoCheck {
  const { verdict, reason, isGuarded } = alignment
  const others = check.flags.filter(({ flag }) => !OF_VIEW.has(flag))
  if (verdict === 'aligned') {
    // Unguarded it may be the other side, mirrored.
    const settled = isGuarded ? others : check.flags
    const flags = isTilted(check, alignment)
      ? [...settled, { flag: 'angle' as const, confidence: ONE_OF_TWO }]
      : settled
    if (flags.length === check.flags.length && settled.length === flags.length) return check
    return { ...check, flags, looksLike: isGuarded ? null : check.looksLike }
  }
  const isTold = reason === 'mirrored' || reason === 'upside_down'
  if (!isTold || check.flags.some(({ flag }) => flag === 'not_intraoral')) return check
  // Told already: the same answer comes from the store whenever the case is opened.
  const told = check.flags.find(({ flag }) => flag === reason)
  if (told?.confidence === ONE_OF_TWO && check.flags.length === others.length + 1) return check
  return { ...check, flags: [...others, { flag: reason, confidence: ONE_OF_TWO }], looksLike: null }
}

/** Nothing is known of arches: no real repeats of them were there to try, and phones are held anyhow over a jaw. */
function isTilted({ view, flags }: PhotoCheck, { turnedDeg }: Alignment): boolean {
  if (turnedDeg === null || view === 'occlusal_upper' || view === 'occlusal_lower') return false
  return Math.abs(turnedDeg) > CUT_OFFS.tiltDeg && !flags.some(({ flag }) => flag === 'angle')
}
