import type { PhotoFacts, PhotoSize } from '../../contract/domain/photos.ts'
import type { RouteHandlers } from '../../http/handler.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { listPublishedPhotos } from '../scans/service.ts'

const DOWNLOAD_TTL_SECONDS = 300

/** Addresses are given for photos of published sessions only; for anything else the answer is null, whatever the reason. */
export function createPhotoLinkRoutes(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'clock'>,
): Pick<RouteHandlers, 'photos.downloadUrls'> {
  return {
    'photos.downloadUrls': async ({ body }, caller) => {
      const { practiceId } = caller
      const published = await deps.database.inPractice(practiceId, async (tx) => {
        const hashes = [...new Set(body.photos.map((photo) => photo.hash))]
        const facts = new Map((await listPublishedPhotos(tx, practiceId, hashes)).map((fact) => [fact.hash, fact]))
        const events = body.photos.map(({ hash, size }) => ({
          action: 'photo.cached',
          outcome: facts.has(hash) ? ('done' as const) : ('denied' as const),
          subject: { photo: hash, size },
        }))
        await appendAudit(tx, practiceId, caller, deps.clock.nowMs(), ...events)
        return facts
      })
      const urls = body.photos.map(async ({ hash, size }) => {
        const facts = published.get(hash)
        if (facts === undefined) return null
        const at = placeOf(facts, practiceId, size)
        return {
          url: await deps.objects.signDownload(at.key, DOWNLOAD_TTL_SECONDS),
          sha256: at.sha256,
          bytes: at.bytes,
        }
      })
      return { urls: await Promise.all(urls) }
    },
  }
}

function placeOf(facts: PhotoFacts, practiceId: string, size: PhotoSize) {
  if (size === 'original') {
    return { key: objectKeys.original(practiceId, facts.hash), sha256: facts.hash, bytes: facts.bytes }
  }
  const { sha256, bytes } = facts.renditions[size]
  return { key: objectKeys.rendition(practiceId, facts.hash, Number(size)), sha256, bytes }
}
