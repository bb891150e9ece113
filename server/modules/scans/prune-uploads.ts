import type { ModuleDeps } from '../deps.ts'

export const PRUNE_UPLOADS_EVERY_SECONDS = 6 * 3600
const STALE_AFTER_MS = 24 * 3_600_000

/** The job `uploads.prune`: what nobody went on with for a day takes no more room in the object store. */
export async function pruneUploads(deps: Pick<ModuleDeps, 'objects' | 'log'>, nowMs: number): Promise<void> {
  const count = await deps.objects.parts.removeStale(nowMs - STALE_AFTER_MS)
  if (count > 0) deps.log.info('uploads.pruned', { count })
}
