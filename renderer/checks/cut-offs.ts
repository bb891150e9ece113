/**
 * Set on one half of the people, judged on the other: `npm run bench -- checks`, docs/photo-checks.md. Few false alarms
 * come first: somebody looks at 1,500 photos a day.
 */
export const CUT_OFFS = {
  /** Estimated blur in pixels of the 512 px rendition, a tenth of room; arches are deep, and softer where they are good. */
  blurPx: 1.02,
  blurOfArchPx: 1.93,
  /** Middle light of teeth, of 255. */
  darkTeeth: 90,
  /** Share of teeth without any shade left. */
  burnt: 0.37,
  /** Degrees of a frontal photo. */
  tiltDeg: 13,
  /** Too far away: how little the whole photo, and how much its middle, is like the view. */
  farWhole: 0.3,
  farMiddle: 0.9,
  /** Below this share the photo is not what its slot says. */
  ownView: 0.05,
  /** From this share on the view is named. */
  sureView: 0.9,
  /** Gums are redder than nearly everything else, and teeth beside them are not. */
  leastRedness: 0.08,
  leastRednessSpread: 0.25,
} as const
export type CutOffs = { readonly [name in keyof typeof CUT_OFFS]: number }
