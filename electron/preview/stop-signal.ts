/** Ctrl-C in a terminal reaches this process once from the terminal and once from npm: that is one wish, not two. */
const SAME_WISH_MS = 1000

export type StopSignal = {
  readonly asked: Promise<NodeJS.Signals>
  /** A second wish, later: stop by force. */
  readonly forced: Promise<void>
}

export function watchStopSignals(nowMs: () => number = () => performance.now()): StopSignal {
  const asked = Promise.withResolvers<NodeJS.Signals>()
  const forced = Promise.withResolvers<void>()
  const first = { atMs: undefined as number | undefined }
  const onSignal = (signal: NodeJS.Signals) => {
    first.atMs ??= nowMs()
    asked.resolve(signal)
    if (nowMs() - first.atMs > SAME_WISH_MS) forced.resolve()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { asked: asked.promise, forced: forced.promise }
}
