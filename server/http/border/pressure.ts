import underPressure from '@fastify/under-pressure'
import { AppError } from '../../contract/errors.ts'
import type { App } from '../app.ts'

/** Milliseconds that the event loop may lag before new requests are turned away with `server.busy`. */
export const MAX_LAG_MS = 2000

/** Refusing at the door is better than answering everybody too late: workstations wait and come again. */
export async function refuseUnderPressure(app: App, maxLagMs: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: maxLagMs,
    pressureHandler: async () => {
      throw new AppError('server.busy', { retryAfterS: 5 })
    },
  })
}
