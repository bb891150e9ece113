import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import type { MutationHandlers } from './service.ts'

export function createSyncRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  mutations: MutationHandlers,
  oldestPullProtocol?: number,
): Pick<RouteHandlers, 'sync.push' | 'sync.pull'> {
  return {
    'sync.push': ({ body }, caller) => push({ ...deps, mutations }, caller, body),
    'sync.pull': ({ query }, caller) => pull(deps, caller, query, oldestPullProtocol),
  }
}
