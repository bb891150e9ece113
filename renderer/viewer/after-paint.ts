/** A window that is not visible paints nothing: then the work is done after this time all the same. */
const LONGEST_WAIT_MS = 120

/**
 * Runs work once the next frame is on screen. For whatever a key sets going but its picture does not need: asking for
 * photos ahead, closing old ones, telling what was seen. One frame later than it is painted here: until then it is on
 * its way through the compositor, which wants a core too.
 * @returns a function that calls it off
 */
export function afterPaint(work: () => void): () => void {
  let timer = setTimeout(run, LONGEST_WAIT_MS)
  let frame = requestAnimationFrame(() => {
    // A frame's callback runs before its paint, a task that it starts after it.
    frame = requestAnimationFrame(() => {
      clearTimeout(timer)
      timer = setTimeout(run, 0)
    })
  })
  function run() {
    cancelAnimationFrame(frame)
    work()
  }
  return () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}
