/** With the second next case a decision leaves. */
const CASES = 2

type Waiting = { readonly mutationId: string; readonly subject: string }

/**
 * Which other cases came on screen since each decision that still waits. Held in memory: after a new start the
 * countdown alone decides. A case that is only fetched ahead is never told here.
 */
export function createCasesSince() {
  const state = { onScreen: null as string | null, since: new Map<string, Set<string>>() }
  return {
    /**
     * @param waiting decisions that have not left, in any order
     * @returns those that leave now
     */
    opened: <W extends Waiting>(sessionId: string | null, waiting: readonly W[]): W[] => {
      const { onScreen: before, since } = state
      state.onScreen = sessionId
      state.since = new Map(
        waiting.map((one) => {
          // The next case may have come on screen before the decision on this one was written down.
          const seen = since.get(one.mutationId) ?? new Set([before].filter((id) => id !== null))
          if (sessionId !== null) seen.add(sessionId)
          seen.delete(one.subject)
          return [one.mutationId, seen]
        }),
      )
      return waiting.filter(({ mutationId }) => (state.since.get(mutationId)?.size ?? 0) >= CASES)
    },
  }
}
