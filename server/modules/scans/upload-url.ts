import type { PresignedUpload, UploadRequest } from '../../contract/api/shapes.ts'
import type { Principal } from '../../http/handler.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { appendAudit } from '../audit/service.ts'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { ModuleDeps } from '../deps.ts'
import { mayBeSentAgain } from './policy.ts'
import { admitPhotos, lockPhotos, savePhoto } from './photo-repository.ts'

/** How long an address for an upload is good. */
export const UPLOAD_TTL_SECONDS = 300

type Deps = Pick<ModuleDeps, 'database' | 'objects' | 'clock'>

/** An address for one photo, or `already` when the practice holds these bytes. */
export async function createUploadUrl(deps: Deps, caller: Principal, wanted: UploadRequest): Promise<PresignedUpload> {
  const { practiceId } = caller
  const isAwaited = await admitUpload(deps, caller, wanted, 'photo.upload-url')
  if (!isAwaited || (await clearWay(deps, practiceId, wanted))) return { already: true }
  const { hash, bytes, mediaType } = wanted
  const key = objectKeys.original(practiceId, hash)
  const signed = await deps.objects.signUpload(key, { bytes, mediaType, sha256: hash }, UPLOAD_TTL_SECONDS)
  return {
    already: false,
    method: 'PUT',
    url: signed.url,
    headers: { ...signed.headers },
    expiresAtMs: signed.expiresAtMs,
  }
}

/** Remembers what was announced. @returns false when the photo was decided and sending it again cannot help */
export async function admitUpload(
  deps: Pick<Deps, 'database' | 'clock'>,
  caller: Principal,
  { hash, bytes }: UploadRequest,
  action: string,
): Promise<boolean> {
  const { practiceId } = caller
  return deps.database.inPractice(practiceId, async (tx) => {
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
    await appendAudit(tx, practiceId, caller, nowMs, { action, outcome: 'done', subject })
    return awaited
  })
}

/** @returns true when the bytes lie there already */
export async function clearWay(
  deps: Pick<Deps, 'objects'>,
  practiceId: PracticeId,
  { hash, bytes }: Pick<UploadRequest, 'hash' | 'bytes'>,
): Promise<boolean> {
  const key = objectKeys.original(practiceId, hash)
  const held = await deps.objects.head(key)
  if (held?.bytes === bytes) return true
  // Something else lies there (a broken upload): it would stand in the way, for nothing is ever overwritten.
  if (held !== undefined) await deps.objects.delete(key)
  return false
}
