import { type PairTable, weightedKappa } from './weighted-kappa.ts'

const RESAMPLES = 1000
const SEED = 20_260_101

/**
 * The middle 95 % of what samples of as many pairs, drawn from these with replacement, would give (percentile bootstrap:
 * Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). The same table gives the same interval.
 * @returns null when the table itself has no kappa; a sample without one is left out
 */
export function kappaInterval(table: PairTable): [number, number] | null {
  if (weightedKappa(table) === null) return null
  const cells = table.flat()
  const pairs = cells.reduce((sum, count) => sum + count, 0)
  const cellOf = cells.flatMap((count, cell) => Array.from({ length: count }, () => cell))
  const random = createRandom(SEED)
  const kappas: number[] = []
  for (let turn = 0; turn < RESAMPLES; turn++) {
    const drawn = cells.map(() => 0)
    for (let pair = 0; pair < pairs; pair++) {
      const cell = cellOf[Math.floor(random() * pairs)] ?? 0
      drawn[cell] = (drawn[cell] ?? 0) + 1
    }
    const kappa = weightedKappa(table.map((row, first) => drawn.slice(first * row.length, (first + 1) * row.length)))
    if (kappa !== null) kappas.push(kappa)
  }
  kappas.sort((a, b) => a - b)
  const at = (share: number) => kappas[Math.round(share * (kappas.length - 1))] ?? 0
  return kappas.length === 0 ? null : [at(0.025), at(0.975)]
}

/** mulberry32 (Tommy Ettinger, public domain): a seed gives the same numbers everywhere, which Math.random does not. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
