export type StillnessOptions = {
  /** So long after the last wish a person has stopped to look. */
  readonly stillMs: number
  /** What waits does so at most this long after that, whatever else hangs. */
  readonly patienceMs: number
  /** Whether something that was wished for is still on its way. */
  readonly isBusy: () => boolean
  /** A person has stopped to look: what can wait may begin. */
  readonly onStill: () => void
}
export type Stillness = ReturnType<typeof createStillness>

/** Tells a person who looks from one who moves on: while keys are pressed nothing is worked out that no key needs. */
export function createStillness({ stillMs, patienceMs, isBusy, onStill }: StillnessOptions) {
  const waiting = new Set<() => void>()
  const now = {
    isStill: true,
    isDue: false,
    movedAtMs: 0,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  }

  function later(work: () => void, afterMs: number) {
    clearTimeout(now.timer)
    now.timer = setTimeout(work, afterMs)
  }
  function stop() {
    now.isStill = true
    onStill()
    later(run, patienceMs)
    settled()
  }
  function run() {
    now.isDue = false
    if (!now.isStill) return
    const due = [...waiting]
    waiting.clear()
    for (const work of due) work()
  }
  function settled() {
    if (!now.isStill || isBusy() || now.isDue || waiting.size === 0) return
    now.isDue = true
    setTimeout(run, 0)
  }
  return {
    isStill: () => now.isStill,
    /** Since the screen last moved. */
    stillForMs: () => performance.now() - now.movedAtMs,
    /** Something was wished for: the screen has moved. */
    moved() {
      now.isStill = false
      now.movedAtMs = performance.now()
      later(stop, stillMs)
    },
    /** Nothing is on its way any more. */
    settled,
    /**
     * Does the work once nobody waits for anything: everything wished for is there, and the screen stands still.
     * @returns a function that calls it off
     */
    once(work: () => void): () => void {
      waiting.add(work)
      settled()
      if (now.isStill && isBusy()) later(run, patienceMs)
      return () => void waiting.delete(work)
    },
  }
}
