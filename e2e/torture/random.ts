export type Random = {
  /** From 0 up to, and without, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(of: readonly T[]): T
}

/** Mulberry32. The seed decides what is killed, when and what is decided; what the processes do meanwhile is theirs. */
export function seededRandom(seed: number): Random {
  const state = { now: seed >>> 0 }
  const next = () => {
    state.now = (state.now + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state.now ^ (state.now >>> 15), state.now | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: (of) => {
      const found = of[between(0, of.length - 1)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
  }
}
