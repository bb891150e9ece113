import { useSyncExternalStore } from 'react'

/** One timer for all who ask at the same pace: a table has a hundred times on screen, and they change together. */
type Clock = { readonly subscribe: (listener: () => void) => () => void; readonly nowMs: () => number }
const clocks = new Map<number, Clock>()

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs)
  if (known !== undefined) return known
  const listeners = new Set<() => void>()
  const state: { nowMs: number; timer: ReturnType<typeof setInterval> | undefined } = {
    nowMs: Date.now(),
    timer: undefined,
  }
  function tick() {
    state.nowMs = Date.now()
    for (const listener of listeners) listener()
  }
  const made: Clock = {
    subscribe(listener) {
      // Nobody looked for a while: the time that stands there is old.
      if (listeners.size === 0) {
        state.nowMs = Date.now()
        state.timer = setInterval(tick, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(state.timer)
      }
    },
    nowMs: () => state.nowMs,
  }
  clocks.set(everyMs, made)
  return made
}

/** This computer's clock, again every `everyMs`: keeps `3 min ago` true. */
export function useNow(everyMs = 30_000): number {
  const { subscribe, nowMs } = clockOf(everyMs)
  return useSyncExternalStore(subscribe, nowMs)
}
