import { type Changes, mergeChanges, newChanges } from '../store/changes.ts'

const GATHER_MS = 250

/** Tells of many small steps together: a window that reads its list anew for each of them would do nothing else. */
export function createHandOver(tell: (changes: Changes) => void) {
  const state = { gathered: newChanges(), isEmpty: true, toldAtMs: 0 }
  const flush = () => {
    if (state.isEmpty) return
    const { gathered } = state
    Object.assign(state, { gathered: newChanges(), isEmpty: true, toldAtMs: performance.now() })
    tell(gathered)
  }
  return {
    over: (changes: Changes) => {
      mergeChanges(state.gathered, changes)
      state.isEmpty = false
      if (performance.now() - state.toldAtMs >= GATHER_MS) flush()
    },
    /** At the end of a round: what is left is told at once. */
    flush,
  }
}
