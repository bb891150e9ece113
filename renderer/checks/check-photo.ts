import { CHECK_RECIPE, type PhotoCheck } from '../../preload/contract/photo-check.ts'
import type { Pixels } from '../align/features.ts'
import { judgePhoto } from './judge-photo.ts'
import { measurePhoto } from './measure-photo.ts'
import type { FiledPhoto } from './messages.ts'
import weights from './view-weights.json' with { type: 'json' }

/**
 * What is doubtful about one photo in its slot; heuristics, docs/photo-checks.md says how often they are right.
 * Whether aligners are in is never said: no real photo with aligners was there to try it on.
 */
export function checkPhoto({ hash, view }: FiledPhoto, pixels: Pixels): PhotoCheck {
  const { flags, looksLike } = judgePhoto(measurePhoto(pixels, weights), view)
  return { hash, view, recipe: CHECK_RECIPE, flags: [...flags], looksLike, aligners: 'unknown' }
}
