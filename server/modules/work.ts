import type { ModuleDeps } from './deps.ts'
import { giveUpPhoto, type ProcessPhoto, processQueuedPhoto } from './scans/process-photo.ts'
import { PRUNE_UPLOADS_EVERY_SECONDS, pruneUploads } from './scans/prune-uploads.ts'
import { prune, PRUNE_EVERY_SECONDS } from './sync/prune.ts'

/** Starts the background work of all modules; `deps.jobs.stop()` ends it. */
export async function startWork(deps: ModuleDeps, processPhoto: ProcessPhoto): Promise<void> {
  const withPhotos = { ...deps, processPhoto }
  await deps.jobs.work(
    'photo.process',
    (data) => processQueuedPhoto(withPhotos, data),
    (data) => giveUpPhoto(withPhotos, data),
  )
  await deps.jobs.repeat('uploads.prune', {}, PRUNE_UPLOADS_EVERY_SECONDS, () => pruneUploads(deps, deps.clock.nowMs()))
  await deps.jobs.repeat('sync.prune', {}, PRUNE_EVERY_SECONDS, () => prune(deps, deps.clock.nowMs()))
}
