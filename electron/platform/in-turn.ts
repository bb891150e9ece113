/** Runs what it is given one after the other; a failure is its own caller's and does not stop the next. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  const state = { last: Promise.resolve() as Promise<unknown> }
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = state.last.then(work, work)
    state.last = next.catch(() => {})
    return next
  }
}
