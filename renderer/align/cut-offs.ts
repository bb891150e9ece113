/** Set on half of the people of the test photos; docs/alignment.md says whom, and how the other half fared. */
export const CUT_OFFS = {
  /** Matches that agree on one similarity. */
  score: 31,
  /** The same against the mirrored prior must be this many times smaller. */
  mirrorRatio: 1.2,
  /** And against the mirrored other side of the prior scan. */
  otherSideRatio: 1.15,
  /** Correlation over teeth that both show. */
  ncc: 0.3,
  /** Share of the teeth that both photos show. */
  share: 0.2,
} as const
