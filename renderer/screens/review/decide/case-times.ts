import type { SessionId } from '../../../../server/contract/domain/ids.ts'

/** Without a key or a movement for this long, the time on a case stands still. Looking is work too. */
export const IDLE_MS = 30_000
/** A case that was only passed over says nothing about how long one takes. */
const LEAST_MS = 1000
const RECENT_COUNT = 20
const ENOUGH_COUNT = 3

/**
 * How long each case had this person's attention. Counts while the window has the focus and somebody was there in the
 * last half minute. Personal: kept in this window's memory and nowhere else.
 */
export function createCaseTimes(nowMs: () => number) {
  const totals = new Map<SessionId, number>()
  const finished: number[] = []
  const listeners = new Set<() => void>()
  const state = { caseId: undefined as SessionId | undefined, attentive: true, creditedMs: nowMs(), inputMs: nowMs() }

  /** Brings the total up to date: up to now, or to where the last sign of life carries. */
  function credit() {
    const now = nowMs()
    const until = Math.min(now, state.inputMs + IDLE_MS)
    const gained = until - state.creditedMs
    state.creditedMs = now
    if (gained <= 0 || !state.attentive || state.caseId === undefined) return
    totals.set(state.caseId, (totals.get(state.caseId) ?? 0) + gained)
  }
  const totalOf = (caseId: SessionId | undefined) => (caseId === undefined ? 0 : (totals.get(caseId) ?? 0))

  return {
    /** Another case is on screen; the one before it is done with for now. */
    begin(caseId: SessionId | undefined) {
      if (caseId === state.caseId) return
      credit()
      const spentMs = totalOf(state.caseId)
      if (state.caseId !== undefined && spentMs >= LEAST_MS) finished.push(spentMs)
      state.caseId = caseId
      state.inputMs = nowMs()
      for (const listener of listeners) listener()
    },
    /** A key, a pointer: somebody is there. */
    touched() {
      credit()
      state.inputMs = nowMs()
    },
    /** The window has the focus and is visible, or not. */
    setAttentive(attentive: boolean) {
      credit()
      state.attentive = attentive
      if (attentive) state.inputMs = nowMs()
    },
    tick() {
      credit()
      for (const listener of listeners) listener()
    },
    isPaused: () => !state.attentive || nowMs() >= state.inputMs + IDLE_MS,
    /** Whole seconds on the case on screen. */
    seconds: () => Math.floor(totalOf(state.caseId) / 1000),
    /** What one case takes this person now: the middle one of the last twenty; the budget until there are three. */
    usualMs(budgetSeconds: number): number {
      const recent = finished.slice(-RECENT_COUNT).toSorted((a, b) => a - b)
      if (recent.length < ENOUGH_COUNT) return budgetSeconds * 1000
      return recent[Math.floor(recent.length / 2)] ?? budgetSeconds * 1000
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
export type CaseTimes = ReturnType<typeof createCaseTimes>
