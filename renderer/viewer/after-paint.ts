/** A window that is not visible paints nothing: then the work is done after this time all the same. */
const LONGEST_WAIT_MS = 120

/**
 * Runs work once the next frame is painted here. For what must follow a picture soon, and must not hold it up.
 * @returns a function that calls it off
 */
export function afterFrame(work: () => void): () => void {
  return afterFrames(1, work)
}

/**
 * Runs work once the next frame is on screen. For whatever a key sets going but its picture does not need: asking for
 * photos ahead, closing old ones, telling what was seen. One frame later than it is painted here: until then it is on
 * its way through the compositor, which wants a core too.
 * @returns a function that calls it off
 */
export function afterPaint(work: () => void): () => void {
  return afterFrames(2, work)
}

function afterFrames(count: number, work: () => void): () => void {
  const cancel = cancelAnimationFrame // of this window, which may be gone when the timer ends
  let timer = setTimeout(run, LONGEST_WAIT_MS)
  let frame = requestAnimationFrame(() => next(count - 1))
  function next(left: number) {
    if (left > 0) {
      frame = requestAnimationFrame(() => next(left - 1))
      return
    }
    clearTimeout(timer)
    // A frame's callback runs before its paint, a task that it starts after it.
    timer = setTimeout(run, 0)
  }
  function run() {
    cancel(frame)
    work()
  }
  return () => {
    clearTimeout(timer)
    cancel(frame)
  }
}
