import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { createSession } from './create-session.ts'
import { completeUpload, signUploadPart, startUpload } from './parted-upload.ts'
import { getProgress } from './progress.ts'
import { createUploadUrl } from './upload-url.ts'
import { withdrawSession } from './withdraw.ts'

type Routes = Pick<
  RouteHandlers,
  | 'scans.uploadUrl'
  | 'scans.startUpload'
  | 'scans.uploadPart'
  | 'scans.completeUpload'
  | 'scans.createSession'
  | 'scans.getSession'
  | 'scans.withdraw'
>

export function createScanRoutes(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'jobs' | 'clock' | 'announce'>,
): Routes {
  return {
    'scans.uploadUrl': ({ body }, caller) => createUploadUrl(deps, caller, body),
    'scans.startUpload': ({ body }, caller) => startUpload(deps, caller, body),
    'scans.uploadPart': ({ body }, caller) => signUploadPart(deps, caller, body),
    'scans.completeUpload': ({ body }, caller) => completeUpload(deps, caller, body),
    'scans.createSession': ({ body }, caller) => createSession(deps, caller, body),
    'scans.getSession': ({ params }, caller) => getProgress(deps, caller, params.id),
    'scans.withdraw': ({ params, body }, caller) => withdrawSession(deps, caller, params.id, body.reason),
  }
}
