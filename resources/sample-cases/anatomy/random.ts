/** A small seeded generator (mulberry32): the same seed gives the same mouth, photo and noise on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number
  /** Roughly normal, mean 0, deviation 1, never beyond 3: a tooth must not jump out of its arch. */
  readonly normal: () => number
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const normal = () => {
    let sum = 0
    for (let i = 0; i < 12; i++) sum += next()
    return Math.max(-3, Math.min(3, sum - 6))
  }
  return { next, between: (low, high) => low + (high - low) * next(), normal }
}

/** A seed from words, so that a patient's mouth does not depend on the order in which patients are made. */
export function seedOf(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of words.join('|')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
