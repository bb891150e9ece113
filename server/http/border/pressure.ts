import underPressure from '@fastify/under-pressure'
import { AppError } from '../../contract/errors.ts'
import type { App } from '../app.ts'

/** Milliseconds that the event loop may lag before new requests are turned away with `server.busy`. */
export const MAX_LAG_MS = 2000

/** How often the lag is taken. Of the sample that holds the start, most is the time in which nobody could ask yet. */
const SAMPLE_MS = 1000

/** Refusing at the door is better than answering everybody too late: workstations wait and come again. */
export async function refuseUnderPressure(app: App, maxLagMs: number): Promise<void> {
  const state = { judgesFromMs: 0 }
  app.addHook('onListen', async () => {
    state.judgesFromMs = performance.now() + 2 * SAMPLE_MS
  })
  await app.register(underPressure, {
    maxEventLoopDelay: maxLagMs,
    sampleInterval: SAMPLE_MS,
    pressureHandler: async (_request, _reply, _type, lagMs) => {
      // Not a number of milliseconds where no sample was taken at all, as while something else has the processor.
      if (lagMs === undefined || !Number.isFinite(lagMs) || performance.now() < state.judgesFromMs) return
      throw new AppError('server.busy', { retryAfterS: 5 })
    },
  })
}
