import type { RouteHandlers } from './handler.ts'

/** What /readyz asks; each answers within seconds and never throws. */
export type HealthPorts = {
  readonly databaseIsReachable: () => Promise<boolean>
  readonly objectsAreReachable: () => Promise<boolean>
}

export function healthHandlers(ports: HealthPorts): Pick<RouteHandlers, 'health.live' | 'health.ready'> {
  return {
    'health.live': async () => ({ ok: true as const }),
    'health.ready': async () => {
      const [database, objects] = await Promise.all([ports.databaseIsReachable(), ports.objectsAreReachable()])
      return { ok: database && objects, database, objects }
    },
  }
}
