import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { bootstrap } from './bootstrap.ts'
import { digest } from './digest.ts'
import { importOutbox } from './import.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import type { MutationHandlers } from './service.ts'

type Routes = Pick<RouteHandlers, 'sync.push' | 'sync.importOutbox' | 'sync.pull' | 'sync.bootstrap' | 'sync.digest'>

export function createSyncRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  mutations: MutationHandlers,
  oldestPullProtocol?: number,
): Routes {
  return {
    'sync.push': ({ body }, caller) => push({ ...deps, mutations }, caller, body),
    'sync.importOutbox': ({ body }, caller) => importOutbox({ ...deps, mutations }, caller, body),
    'sync.pull': ({ query }, caller) => pull(deps, caller, query, oldestPullProtocol),
    'sync.bootstrap': ({ query }, caller) => bootstrap(deps, caller, query, oldestPullProtocol),
    'sync.digest': ({ query }, caller) => digest(deps, caller, query, oldestPullProtocol),
  }
}
