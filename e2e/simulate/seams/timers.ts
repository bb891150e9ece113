import { AsyncLocalStorage } from 'node:async_hooks'

/** Whose timers these are: they die with it. */
export type Owner = { alive: boolean }
type Timer = {
  readonly id: number
  atMs: number
  readonly everyMs: number | null
  readonly run: () => void
  readonly owner: Owner | undefined
}

/** What code under simulation runs as; timers that it sets belong to it. */
export const owners = new AsyncLocalStorage<Owner>()

/** Real ones, for the simulator's own waiting. */
export const realTimers = {
  setTimeout: globalThis.setTimeout,
  setImmediate: globalThis.setImmediate,
  nowMs: performance.now.bind(performance),
}

export type SimulatedTime = {
  nowMs(): number
  /** The next timer that is due by then, and whoever set it still lives. */
  findDue(untilMs: number): (() => void) | undefined
  moveTo(ms: number): void
  /** Forgets every timer: a new run begins. */
  reset(startMs: number): void
}

/** From here on `setTimeout` and `setInterval` of this process wait for the simulator, which alone moves the time. */
export function simulateTime(): SimulatedTime {
  const state = { nowMs: 0, lastId: 0, timers: new Map<number, Timer>() }
  const set = (everyMs: number | null, run: () => void, afterMs: number) => {
    const id = (state.lastId += 1)
    const owner = owners.getStore()
    state.timers.set(id, { id, atMs: state.nowMs + Math.max(1, Math.trunc(afterMs)), everyMs, run, owner })
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => false, [Symbol.toPrimitive]: () => id }
    return handle
  }
  const clear = (handle: unknown) => void (handle == null ? undefined : state.timers.delete(Number(handle)))
  Object.assign(globalThis, {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => set(null, () => run(...args), ms),
    setInterval: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => set(ms, () => run(...args), ms),
    clearTimeout: clear,
    clearInterval: clear,
  })
  // How long work took decides how much is done at once: here all work takes no time.
  Object.defineProperty(performance, 'now', { value: () => state.nowMs })
  return {
    nowMs: () => state.nowMs,
    findDue: (untilMs) => {
      const due = [...state.timers.values()]
        .filter(({ atMs, owner }) => atMs <= untilMs && owner?.alive !== false)
        .toSorted((a, b) => a.atMs - b.atMs || a.id - b.id)[0]
      if (due === undefined) return undefined
      state.nowMs = Math.max(state.nowMs, due.atMs)
      if (due.everyMs === null) state.timers.delete(due.id)
      else due.atMs = state.nowMs + Math.max(1, Math.trunc(due.everyMs))
      return () => (due.owner === undefined ? due.run() : owners.run(due.owner, due.run))
    },
    moveTo: (ms) => void (state.nowMs = Math.max(state.nowMs, ms)),
    reset: (startMs) => {
      state.timers.clear()
      state.nowMs = startMs
    },
  }
}
