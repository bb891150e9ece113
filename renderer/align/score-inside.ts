import type { Choice } from './choose-arch.ts'
import type { PhotoFeatures } from './features.ts'
import type { Matches } from './matches.ts'
import { weightOf } from './similarity.ts'

/** Share of a photo's width and height. */
const RIM = 0.1

/**
 * The score of what is lined up without what lies at the rim of either photo: skin, lips and retractors, which the tooth
 * mask now and then takes for teeth. A beard moves as one too, and says nothing of teeth.
 */
export function scoreInside(
  { fit, weightAt }: Choice,
  matches: Matches,
  current: PhotoFeatures,
  prior: PhotoFeatures,
): number {
  const { ax, ay, bx, by } = matches
  let sum = 0
  for (let i = 0; i < matches.count; i += 1) {
    const [x, y] = [ax[i] ?? 0, ay[i] ?? 0]
    if (isAtRim(current, x, y) || isAtRim(prior, bx[i] ?? 0, by[i] ?? 0) || weightAt(x, y) === 0) continue
    sum += weightOf(matches, fit.similarity, i)
  }
  return sum
}

function isAtRim({ widthPx, heightPx }: PhotoFeatures, x: number, y: number): boolean {
  return Math.min(x, widthPx - x) < RIM * widthPx || Math.min(y, heightPx - y) < RIM * heightPx
}
