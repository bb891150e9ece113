import type { Database } from 'better-sqlite3'
import type { ImportProgress } from '../../preload/contract/import.ts'
import type { PhotoRefusal } from '../../server/contract/domain/photos.ts'
import { AppError, type ErrorCode, ERRORS } from '../../server/contract/errors.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import type { ImportJob } from '../store/imports/imports.ts'
import type { Staging } from './staging.ts'
import { uploadPhoto } from './upload-photo.ts'

export type StepSeams = {
  readonly db: Database
  readonly staging: Staging
  readonly apiOf: (personId: string) => ServerApi
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly logger: Logger
  /** Stores and announces how far the import is. */
  readonly keep: (job: ImportJob, progress: ImportProgress) => ImportJob
  readonly isStopped: () => boolean
}
type Image = ImportProgress['images'][number]

/** What the server or the object store says about one photo, which the others need not wait for. */
const REFUSES_PHOTO: Partial<Record<ErrorCode, PhotoRefusal>> = {
  'photo.refused': 'damaged',
  'input.too-large': 'too-large',
  'upload.length': 'length-differs',
}

/**
 * Carries one import as far as it goes now: uploads, creates the session, asks how far the server is.
 * @throws AppError when it has to wait; a final refusal is kept as `failed` instead
 */
export async function advanceImport(seams: StepSeams, start: ImportJob): Promise<void> {
  let job = start
  try {
    for (const [index, image] of start.progress.images.entries()) {
      if (seams.isStopped()) return
      if (image.state !== 'local' && image.state !== 'uploading') continue
      job = seams.keep(job, withImage(job.progress, index, { ...image, state: 'uploading' }))
      job = seams.keep(job, withImage(job.progress, index, await uploaded(seams, job, image)))
    }
    if (isAllRefused(job.progress)) return void seams.keep(job, { ...job.progress, state: 'failed' })
    if (job.progress.state !== 'processing') {
      await seams.apiOf(job.personId).call('scans.createSession', { body: requestOf(job) })
      job = seams.keep(job, { ...job.progress, state: 'processing' })
    }
    if (seams.isStopped()) return
    job = seams.keep(job, await askServer(seams, job))
    if (job.progress.state === 'published' && !seams.isStopped())
      await seams.staging.forget(job.request.images.map((image) => image.hash))
  } catch (cause) {
    const error = AppError.from(cause)
    const isFinal = ERRORS[error.code].onSync === 'park' && error.code !== 'upload.signature'
    if (!isFinal || seams.isStopped()) throw error
    seams.logger.warn('import.refused', { code: error.code })
    seams.keep(job, { ...job.progress, state: 'failed' })
  }
}

/** One photo that cannot be sent is refused alone. */
async function uploaded(seams: StepSeams, job: ImportJob, image: Image): Promise<Image> {
  try {
    await upload(seams, job, image.hash)
    return { ...image, state: 'uploaded' }
  } catch (cause) {
    const error = AppError.from(cause)
    const refusal = REFUSES_PHOTO[error.code]
    if (refusal === undefined || seams.isStopped()) throw error
    seams.logger.warn('import.photo-refused', { code: error.code })
    return { ...image, state: 'refused', refusal }
  }
}

async function upload(seams: StepSeams, job: ImportJob, hash: string): Promise<void> {
  const staged = await seams.staging.find(hash)
  if (staged === undefined) throw new AppError('photo.refused', { reason: 'staged-lost' })
  await uploadPhoto(seams, seams.apiOf(job.personId), { hash, ...staged })
}

/** The session as it was asked for, without the photos that could not be sent. */
function requestOf({ request, progress }: ImportJob): ImportJob['request'] {
  const refused = new Set(progress.images.filter((image) => image.state === 'refused').map((image) => image.view))
  return { ...request, images: request.images.filter((image) => !refused.has(image.view)) }
}

/** How far the server is. An import whose every photo was refused has failed; one usable photo publishes it. */
async function askServer({ apiOf }: StepSeams, job: ImportJob): Promise<ImportProgress> {
  const answer = await apiOf(job.personId).call('scans.getSession', { params: { id: job.request.sessionId } })
  const images = job.progress.images.map((image) => {
    const theirs = answer.images.find((candidate) => candidate.view === image.view)
    if (theirs?.state !== 'ready' && theirs?.state !== 'refused') return image
    return { ...image, state: theirs.state, refusal: theirs.refusal }
  })
  const progress = { ...job.progress, images, state: answer.state }
  return isAllRefused(progress) ? { ...progress, state: 'failed' } : progress
}

function isAllRefused({ images }: ImportProgress): boolean {
  return images.every((image) => image.state === 'refused')
}

function withImage(progress: ImportProgress, index: number, image: Image): ImportProgress {
  return { ...progress, state: 'uploading', images: progress.images.with(index, image) }
}
