/** Set on half of the people of the test photos; docs/alignment.md says whom, and how the other half fared. */
export const CUT_OFFS = {
  /** Matches that agree on one similarity. */
  score: 31,
  /** Of them, those not at the rim: an arch alone is half of the teeth, so half of the above. */
  scoreInside: 15.5,
  /** The score against the mirrored prior must be this many times smaller. */
  mirrorRatio: 1.2,
  /** And against the mirrored other side of the prior scan. */
  otherSideRatio: 1.15,
  /** Correlation over teeth that both show. */
  ncc: 0.3,
  /** Share of the teeth that both photos show. */
  share: 0.2,
} as const
