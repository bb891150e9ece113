import { setTimeout as sleep } from 'node:timers/promises'

/** One after another, with a pause between: a slow answer is not overtaken by the next question. */
export async function lookUntil(signal: AbortSignal, everyMs: number, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {}) // cut short by the stop
    if (!signal.aborted) await look()
  }
}
