import type { Alignment } from '../../preload/contract/alignment.ts'
import type { CheckFlag, PhotoCheck } from '../../preload/contract/photo-check.ts'

/** What lining a photo up with an earlier one of its view settles. */
const OF_VIEW: ReadonlySet<CheckFlag> = new Set<CheckFlag>(['mirrored', 'upside_down', 'wrong_view'])
/** Which of the two photos is the mirrored one, the pair does not tell. */
const MIRRORED = 0.5

/**
 * An earlier photo of this view knows better than a template: one that lies under this photo settles that it is that
 * view, the right way round; one that lies under it only when it is turned over, that one of them is mirrored.
 */
export function withPair(check: PhotoCheck, { verdict, reason, isGuarded }: Alignment): PhotoCheck {
  const others = check.flags.filter(({ flag }) => !OF_VIEW.has(flag))
  if (verdict === 'aligned') {
    // It may be the other side, mirrored.
    if (!isGuarded) return check
    return others.length === check.flags.length ? check : { ...check, flags: others, looksLike: null }
  }
  if (reason !== 'mirrored' || check.flags.some(({ flag }) => flag === 'not_intraoral')) return check
  return { ...check, flags: [...others, { flag: 'mirrored', confidence: MIRRORED }], looksLike: null }
}
