import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { setPresence } from './service.ts'

export function createPresenceRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
): Pick<RouteHandlers, 'presence.set'> {
  return { 'presence.set': ({ body }, caller) => setPresence(deps, caller, body.sessionId) }
}
