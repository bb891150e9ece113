/** One line of output: a distribution of one metric over `n` runs. `peer` names what it was measured against in the same run. */
export type Figure = {
  readonly bench: string
  readonly case: string
  readonly metric: string
  readonly unit: string
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly n: number
  readonly peer?: string
}

/** The smallest sample that `share` (0-1) of all samples do not exceed (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1
  return sorted[at] ?? Number.NaN
}

export function figureOf(
  name: { bench: string; case: string; metric: string; unit: string; peer?: string },
  samples: readonly number[],
): Figure {
  const at = (share: number) => Math.round(percentile(samples, share) * 1000) / 1000
  return { ...name, p50: at(0.5), p95: at(0.95), p99: at(0.99), n: samples.length }
}
