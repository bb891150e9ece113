/** With the second next case a decision leaves. */
const CASES = 2

type Waiting = { readonly mutationId: string; readonly subject: string }

/** Of the cases that were told of; a decision is written down within one or two of them. */
const REMEMBERED = 20

/**
 * Which other cases came on screen since each decision that still waits. Held in memory: after a new start the
 * countdown alone decides. A case that is only fetched ahead is never told here.
 */
export function createCasesSince() {
  const state = { told: [] as readonly string[], since: new Map<string, Set<string>>() }
  return {
    /**
     * @param waiting decisions that have not left, in any order
     * @returns those that leave now
     */
    opened: <W extends Waiting>(sessionId: string | null, waiting: readonly W[]): W[] => {
      const { told, since } = state
      state.since = new Map(
        waiting.map((one) => {
          // Told of its own case only now: what was on screen before came after no decision on it.
          const before = sessionId === one.subject ? [] : toldAfter(told, one.subject)
          const seen = since.get(one.mutationId) ?? new Set(before)
          if (sessionId !== null && sessionId !== one.subject) seen.add(sessionId)
          return [one.mutationId, seen]
        }),
      )
      if (sessionId !== null) state.told = [...told, sessionId].slice(-REMEMBERED)
      return waiting.filter(({ mutationId }) => (state.since.get(mutationId)?.size ?? 0) >= CASES)
    },
  }
}

/** The next case may have come on screen before the decision on this one was written down, and this one be told of later. */
function toldAfter(told: readonly string[], subject: string): readonly string[] {
  const at = told.lastIndexOf(subject)
  return at === -1 ? [] : told.slice(at + 1)
}
