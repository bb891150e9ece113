import type { RouteHandlers } from './handler.ts'

type Reachable = { isReachable(): Promise<boolean> }

/** What /readyz asks; each part answers within seconds and never throws. */
export function healthHandlers(ports: {
  readonly database: Reachable
  readonly objects: Reachable
}): Pick<RouteHandlers, 'health.live' | 'health.ready'> {
  return {
    'health.live': async () => ({ ok: true as const }),
    'health.ready': async () => {
      const [database, objects] = await Promise.all([ports.database.isReachable(), ports.objects.isReachable()])
      return { ok: database && objects, database, objects }
    },
  }
}
