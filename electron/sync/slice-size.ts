/** The data process must answer a window within 50 ms; half of that is for everything else. */
const TARGET_MS = 20

/** How many pieces of work to do before the others get a turn, from how long the last ones took. */
export function createSliceSize(first: number, atMost: number) {
  const state = { count: first }
  return {
    count: () => state.count,
    /** Does the work and measures it: never more than twice as much the next time. */
    measure: <T>(doneCount: number, work: () => T): T => {
      const startMs = performance.now()
      const result = work()
      const perPieceMs = (performance.now() - startMs) / Math.max(1, doneCount)
      const fits = Math.floor(TARGET_MS / Math.max(perPieceMs, 0.001))
      state.count = Math.max(1, Math.min(fits, 2 * state.count, atMost))
      return result
    },
  }
}
