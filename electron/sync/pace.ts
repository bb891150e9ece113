/** What is shown moves towards a new estimate by this share: a figure that jumps tells nobody anything. */
const SHARE_OF_NEW = 0.3
/** Two samples closer together than this say nothing about a pace. */
const SHORTEST_MS = 1000

/**
 * How long something that makes progress will still take, from its pace within the last `windowMs`.
 * @param nowMs a clock that nobody sets
 */
export function createPace(windowMs: number, nowMs: () => number) {
  const state = {
    samples: [] as { readonly atMs: number; readonly done: number }[],
    shown: undefined as { readonly atMs: number; readonly leftMs: number } | undefined,
  }
  const restart = () => Object.assign(state, { samples: [], shown: undefined })
  const add = (done: number) => {
    const atMs = nowMs()
    if (done < (state.samples.at(-1)?.done ?? 0)) restart() // another job
    state.samples.push({ atMs, done })
    while (state.samples.length > 2 && atMs - (state.samples[1]?.atMs ?? atMs) > windowMs) state.samples.shift()
  }
  const estimate = (left: number): number | null => {
    const [first] = state.samples
    const last = state.samples.at(-1)
    if (first === undefined || last === undefined) return null
    const [tookMs, done] = [last.atMs - first.atMs, last.done - first.done]
    return tookMs < SHORTEST_MS || done <= 0 ? null : (left * tookMs) / done
  }
  return {
    /** @param done so far, @param left still to do. Null while nothing is known yet. */
    leftMs: (done: number, left: number): number | null => {
      add(done)
      const raw = estimate(left)
      if (raw === null) return null
      const atMs = nowMs()
      const expected = state.shown === undefined ? raw : Math.max(0, state.shown.leftMs - (atMs - state.shown.atMs))
      const leftMs = Math.round(expected + SHARE_OF_NEW * (raw - expected))
      state.shown = { atMs, leftMs }
      return leftMs
    },
    restart,
  }
}
