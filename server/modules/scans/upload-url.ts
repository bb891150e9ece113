import type { PresignedUpload, UploadRequest } from '../../contract/api/shapes.ts'
import type { Principal } from '../../http/handler.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { mayBeSentAgain } from './policy.ts'
import { admitPhotos, lockPhotos, savePhoto } from './photo-repository.ts'

const UPLOAD_TTL_SECONDS = 300

/** An address for one photo, or `already` when the practice holds these bytes. */
export async function createUploadUrl(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'clock'>,
  caller: Principal,
  { hash, bytes, mediaType }: UploadRequest,
): Promise<PresignedUpload> {
  const { practiceId } = caller
  const wanted = await deps.database.inPractice(practiceId, async (tx) => {
    const nowMs = deps.clock.nowMs()
    await admitPhotos(tx, practiceId, [hash], nowMs)
    const [photo] = await lockPhotos(tx, practiceId, [hash])
    const again = photo?.refusal != null && mayBeSentAgain(photo.refusal)
    const awaited = photo?.state === 'awaiting-upload' || again
    if (awaited) {
      const fresh = { state: 'awaiting-upload', announced_bytes: bytes, refusal: null, decided_at_ms: null } as const
      await savePhoto(tx, practiceId, hash, fresh)
    }
    const subject = { photo: hash, bytes }
    await appendAudit(tx, practiceId, caller, nowMs, { action: 'photo.upload-url', outcome: 'done', subject })
    return awaited
  })
  if (!wanted) return { already: true }
  const key = objectKeys.original(practiceId, hash)
  const held = await deps.objects.head(key)
  if (held?.bytes === bytes) return { already: true }
  // Something else lies there (a broken upload): it would stand in the way, for nothing is ever overwritten.
  if (held !== undefined) await deps.objects.delete(key)
  const signed = await deps.objects.signUpload(key, { bytes, mediaType, sha256: hash }, UPLOAD_TTL_SECONDS)
  return {
    already: false,
    method: 'PUT',
    url: signed.url,
    headers: { ...signed.headers },
    expiresAtMs: signed.expiresAtMs,
  }
}
