import type {
  CompleteUpload,
  PresignedPart,
  StartedUpload,
  UploadInPartsRequest,
  UploadPartRequest,
} from '../../contract/api/shapes.ts'
import type { PhotoHash } from '../../contract/domain/ids.ts'
import { partBytesOf, partCountOf, UPLOAD_PART_BYTES } from '../../contract/domain/photos.ts'
import { AppError } from '../../contract/errors.ts'
import type { Principal } from '../../http/handler.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { listPhotos } from './photo-repository.ts'
import { admitUpload, clearWay, UPLOAD_TTL_SECONDS } from './upload-url.ts'

type Deps = Pick<ModuleDeps, 'database' | 'objects' | 'clock'>

/** A photo of more than 8 MiB: an upload whose parts get an address each. */
export async function startUpload(deps: Deps, caller: Principal, wanted: UploadInPartsRequest): Promise<StartedUpload> {
  const isAwaited = await admitUpload(deps, caller, wanted, 'photo.upload-start')
  if (!isAwaited || (await clearWay(deps, caller.practiceId, wanted))) return { already: true }
  const key = objectKeys.original(caller.practiceId, wanted.hash)
  const uploadId = await deps.objects.parts.start(key, wanted.mediaType)
  return { already: false, uploadId, partBytes: UPLOAD_PART_BYTES }
}

/** The address of one part. Its length follows from what was announced, not from what is asked for. */
export async function signUploadPart(
  deps: Deps,
  caller: Principal,
  { hash, uploadId, part, sha256 }: UploadPartRequest,
): Promise<PresignedPart> {
  const announcedBytes = await findAnnounced(deps, caller, hash, { action: 'photo.upload-part', part })
  if (announcedBytes === undefined) throw new AppError('not-found', { photo: hash })
  if (part > partCountOf(announcedBytes)) throw new AppError('input.invalid', { part: 'body', path: 'part' })
  const key = objectKeys.original(caller.practiceId, hash)
  const what = { part, bytes: partBytesOf(announcedBytes, part), sha256 }
  const signed = await deps.objects.parts.signPart(key, uploadId, what, UPLOAD_TTL_SECONDS)
  if ('etag' in signed) return { already: true, etag: signed.etag }
  const { url, headers, expiresAtMs } = signed
  return { already: false, method: 'PUT', url, headers: { ...headers }, expiresAtMs }
}

/** Joins the parts. The photo is shown to nobody before the whole was hashed, as after a single upload. */
export async function completeUpload(
  deps: Deps,
  caller: Principal,
  { hash, uploadId, parts }: CompleteUpload,
): Promise<{ stored: true }> {
  const announcedBytes = await findAnnounced(deps, caller, hash, { action: 'photo.upload-complete' })
  const key = objectKeys.original(caller.practiceId, hash)
  if (announcedBytes === undefined) return { stored: true } // decided already: the answer to the first call was lost
  const isHere = await clearWay(deps, caller.practiceId, { hash, bytes: announcedBytes })
  if (isHere) {
    await deps.objects.parts.abort(key, uploadId)
    return { stored: true }
  }
  const isWhole = parts.length === partCountOf(announcedBytes) && parts.every(({ part }, i) => part === i + 1)
  if (!isWhole) throw new AppError('upload.length', { announced: announcedBytes, parts: parts.length })
  await deps.objects.parts.complete(key, uploadId, { parts, bytes: announcedBytes, sha256: hash })
  return { stored: true }
}

/** @returns undefined when the practice does not wait for this photo in parts */
async function findAnnounced(
  deps: Deps,
  caller: Principal,
  hash: PhotoHash,
  { action, ...more }: { action: string; part?: number },
): Promise<number | undefined> {
  const { practiceId } = caller
  return deps.database.inPractice(practiceId, async (tx) => {
    const [photo] = await listPhotos(tx, practiceId, [hash])
    const subject = { photo: hash, ...more }
    await appendAudit(tx, practiceId, caller, deps.clock.nowMs(), { action, outcome: 'done', subject })
    const announced = photo?.state === 'awaiting-upload' ? photo.announcedBytes : null
    return announced === null || announced <= UPLOAD_PART_BYTES ? undefined : announced
  })
}
