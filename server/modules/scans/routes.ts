import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { createSession } from './create-session.ts'
import { getProgress } from './progress.ts'
import { createUploadUrl } from './upload-url.ts'
import { withdrawSession } from './withdraw.ts'

type Routes = Pick<RouteHandlers, 'scans.uploadUrl' | 'scans.createSession' | 'scans.getSession' | 'scans.withdraw'>

export function createScanRoutes(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'jobs' | 'clock' | 'announce'>,
): Routes {
  return {
    'scans.uploadUrl': ({ body }, caller) => createUploadUrl(deps, caller, body),
    'scans.createSession': ({ body }, caller) => createSession(deps, caller, body),
    'scans.getSession': ({ params }, caller) => getProgress(deps, caller, params.id),
    'scans.withdraw': ({ params, body }, caller) => withdrawSession(deps, caller, params.id, body.reason),
  }
}
