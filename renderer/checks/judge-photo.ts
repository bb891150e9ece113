import type { View } from '../../server/contract/domain/views.ts'
import { CUT_OFFS, type CutOffs } from './cut-offs.ts'
import { type Doubted, judgeView, ownShare, type ViewVerdict } from './flags-of-view.ts'
import type { Measures } from './measure-photo.ts'

/** What is doubtful about a photo in this slot. */
export function judgePhoto(measures: Measures, view: View, cutOffs: CutOffs = CUT_OFFS): ViewVerdict {
  // Of anything else than a mouth nothing more can be said. Where all is burnt out gums are white too.
  const strange = measures.burnt > cutOffs.burnt ? [] : judgeMouth(measures, cutOffs)
  if (strange.length > 0) return { flags: strange, looksLike: null }
  const taken = [...judgeSharpness(measures, view, cutOffs), ...judgeLight(measures, cutOffs)]
  const framed = [...judgeFraming(measures, view, cutOffs), ...judgeTilt(measures, view, cutOffs)]
  // What is far away or tilted no longer looks like its view: said once.
  const verdict = framed.length > 0 ? { flags: [], looksLike: null } : judgeView(measures.scores, view, cutOffs)
  return { flags: [...taken, ...framed, ...verdict.flags], looksLike: verdict.looksLike }
}

function judgeMouth({ redness, rednessSpread }: Measures, { leastRedness, leastRednessSpread }: CutOffs): Doubted[] {
  const share = Math.min(redness / leastRedness, rednessSpread / leastRednessSpread)
  return share < 1 ? [{ flag: 'not_intraoral', confidence: surer(1 / Math.max(0.01, share)) }] : []
}

function judgeSharpness({ softness }: Measures, view: View, { blurPx, blurOfArchPx }: CutOffs): Doubted[] {
  if (softness === undefined) return []
  const most = view === 'occlusal_upper' || view === 'occlusal_lower' ? blurOfArchPx : blurPx
  return softness > most ? [{ flag: 'blur', confidence: surer(softness / most) }] : []
}

function judgeLight({ teethLight, burnt }: Measures, cutOffs: CutOffs): Doubted[] {
  const flags: Doubted[] = []
  if (teethLight < cutOffs.darkTeeth) flags.push({ flag: 'dark', confidence: surer(cutOffs.darkTeeth / teethLight) })
  if (burnt > cutOffs.burnt) flags.push({ flag: 'overexposed', confidence: surer(burnt / cutOffs.burnt) })
  return flags
}

/** Only what is too far away: teeth at a border cannot be told from gloves, lips and retractors (docs/photo-checks.md). */
function judgeFraming({ scores, middleScores }: Measures, view: View, cutOffs: CutOffs): Doubted[] {
  const isFar = ownShare(scores, view) < cutOffs.farWhole && ownShare(middleScores, view) > cutOffs.farMiddle
  return isFar ? [{ flag: 'framing', confidence: 0.5 }] : []
}

/** Of a side the row of teeth may slant by itself, and an arch is about as high as wide. */
function judgeTilt({ tiltDeg }: Measures, view: View, cutOffs: CutOffs): Doubted[] {
  const tilt = Math.abs(tiltDeg)
  if (view !== 'frontal' || tilt <= cutOffs.tiltDeg) return []
  return [{ flag: 'angle', confidence: surer(tilt / cutOffs.tiltDeg) }]
}

/** Half at the cut-off, near one at twice. */
function surer(times: number): number {
  return Math.round(Math.min(0.98, 0.5 + 0.45 * Math.min(1.06, times - 1)) * 100) / 100
}
