import type { Database } from 'better-sqlite3'
import type { ImportProgress, StartImport } from '../../preload/contract/import.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { MediaType } from '../../server/contract/domain/photos.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import { AppError, ERRORS } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import {
  dropStaged,
  findImportJob,
  findStaged,
  type ImportJob,
  listOpenImportJobs,
  saveImportJob,
} from '../store/imports/imports.ts'
import { findPatient } from '../store/patients/patients.ts'
import type { SealedFolder } from './sealed-folder.ts'

const UPLOAD_WITHIN_MS = 120_000
const POLL_MS = 1500
const RETRY_MS = 10_000

export type ImportSeams = {
  readonly db: Database
  readonly folder: SealedFolder
  readonly api: ServerApi
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly clock: Clock
  readonly logger: Logger
  readonly personId: () => string | null
  readonly onProgress: (progress: ImportProgress) => void
}
export type ImportRunner = {
  /** Durable before it answers; repeating it with the same session id answers the same import. */
  start(request: StartImport): ImportProgress
  wake(): void
  stop(): Promise<void>
}

/** Carries imports from this disk to the published session; every step is stored, so that a restart goes on. */
export function startImportRunner(seams: ImportSeams): ImportRunner {
  const { db } = seams
  const state = {
    stopped: false,
    running: undefined as Promise<void> | undefined,
    timer: undefined as NodeJS.Timeout | undefined,
  }

  const keep = (job: ImportJob, progress: ImportProgress): ImportJob => {
    const next = { ...job, progress }
    if (state.stopped) return next
    write(db, (tx) => saveImportJob(tx, next, seams.clock.nowMs()))
    if (JSON.stringify(progress) !== JSON.stringify(job.progress)) seams.onProgress(progress)
    return next
  }
  const runAll = async () => {
    const personId = seams.personId()
    const jobs = personId === null ? [] : listOpenImportJobs(db, personId)
    for (const job of jobs) if (!state.stopped) await advance(seams, job, keep, () => state.stopped)
  }
  const wake = () => {
    if (state.stopped || state.running !== undefined) return
    clearTimeout(state.timer)
    state.running = runAll()
      .then(() => POLL_MS)
      .catch((cause: unknown) => {
        const error = AppError.from(cause)
        if (error.code === 'internal' && !state.stopped) seams.logger.error('import.failed', error.cause ?? error)
        return RETRY_MS
      })
      .then(planNext)
  }
  const planNext = (waitMs: number): void => {
    state.running = undefined
    const personId = state.stopped ? null : seams.personId()
    if (personId === null || listOpenImportJobs(db, personId).length === 0) return
    state.timer = setTimeout(wake, waitMs).unref()
  }
  wake()
  return {
    wake,
    start: (request) => {
      const personId = seams.personId()
      if (personId === null) throw new AppError('auth.required')
      const known = findImportJob(db, request.sessionId)
      if (known !== undefined) return known.progress
      for (const image of request.images) {
        if (findStaged(db, image.hash) === undefined) throw new AppError('not-found', { hash: image.hash })
      }
      const job = { personId, request, progress: firstProgress(seams, request) }
      write(db, (tx) => saveImportJob(tx, job, seams.clock.nowMs()))
      seams.onProgress(job.progress)
      wake()
      return job.progress
    },
    stop: async () => {
      state.stopped = true
      clearTimeout(state.timer)
      await state.running
    },
  }
}

function firstProgress({ db }: ImportSeams, request: StartImport): ImportProgress {
  const { sessionId, patient, capturedOn, images } = request
  const known = 'id' in patient ? findPatient(db, patient.id) : undefined
  if ('id' in patient && known === undefined) throw new AppError('not-found', { patientId: patient.id })
  const label = 'reference' in patient ? patient.reference : known === undefined ? '' : listName(known)
  return {
    sessionId,
    patientLabel: label,
    capturedOn,
    state: 'waiting',
    images: images.map(({ view, hash }) => ({ view, hash, state: 'local', refusal: null })),
  }
}

type Keep = (job: ImportJob, progress: ImportProgress) => ImportJob

async function advance(seams: ImportSeams, start: ImportJob, keep: Keep, isStopped: () => boolean): Promise<void> {
  let job = start
  try {
    for (const [index, image] of start.progress.images.entries()) {
      if (isStopped()) return
      if (image.state !== 'local' && image.state !== 'uploading') continue
      job = keep(job, withImage(job.progress, index, 'uploading'))
      await upload(seams, image.hash)
      job = keep(job, withImage(job.progress, index, 'uploaded'))
    }
    if (job.progress.state !== 'processing') {
      await seams.api.call('scans.createSession', { body: job.request })
      job = keep(job, { ...job.progress, state: 'processing' })
    }
    if (isStopped()) return
    job = keep(job, await askServer(seams, job))
    if (job.progress.state === 'published') await forget(seams, job)
  } catch (cause) {
    const error = AppError.from(cause)
    const isFinal = ERRORS[error.code].onSync === 'park' && error.code !== 'upload.signature'
    if (!isFinal) throw error
    seams.logger.warn('import.refused', { code: error.code })
    keep(job, { ...job.progress, state: 'failed' })
  }
}

async function upload({ db, folder, api, http, serverUrl }: ImportSeams, hash: string): Promise<void> {
  const staged = findStaged(db, hash)
  const bytes = staged === undefined ? undefined : await folder.find([hash])
  if (staged === undefined || bytes === undefined) throw new AppError('photo.refused', { reason: 'staged-lost' })
  const mediaType = MediaType.parse(staged.mediaType)
  const address = await api.call('scans.uploadUrl', {
    body: { hash: PhotoHash.parse(hash), bytes: staged.bytes, mediaType },
  })
  if (address.already) return
  const answer = await http.send({
    method: 'PUT',
    url: new URL(address.url, serverUrl).href,
    headers: address.headers,
    body: bytes,
    maxBytes: 64 * 1024,
    timeoutMs: UPLOAD_WITHIN_MS,
  })
  if (answer.status >= 200 && answer.status < 300) return
  if (answer.status === 412) return // `If-None-Match: *`: the bytes are there already
  if (answer.status >= 500 || answer.status === 429) throw new AppError('server.busy', { status: answer.status })
  if (answer.status === 403) throw new AppError('upload.signature')
  throw new AppError('upload.length', { status: answer.status })
}

/** How far the server is. An import whose every photo was refused has failed; one usable photo publishes it. */
async function askServer({ api }: ImportSeams, job: ImportJob): Promise<ImportProgress> {
  const answer = await api.call('scans.getSession', { params: { id: job.request.sessionId } })
  const images = job.progress.images.map((image) => {
    const theirs = answer.images.find((candidate) => candidate.view === image.view)
    if (theirs?.state !== 'ready' && theirs?.state !== 'refused') return image
    return { ...image, state: theirs.state, refusal: theirs.refusal }
  })
  const allRefused = images.every((image) => image.state === 'refused')
  const state = allRefused ? 'failed' : answer.state
  return { ...job.progress, images, state }
}

async function forget({ db, folder }: ImportSeams, job: ImportJob): Promise<void> {
  for (const { hash } of job.request.images) {
    write(db, (tx) => dropStaged(tx, hash))
    await folder.remove([hash])
  }
}

function withImage(progress: ImportProgress, index: number, state: 'uploading' | 'uploaded'): ImportProgress {
  const images = progress.images.map((image, at) => (at === index ? { ...image, state } : image))
  return { ...progress, state: 'uploading', images }
}
