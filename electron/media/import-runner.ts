import type { ImportProgress, StartImport } from '../../preload/contract/import.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { isNoAnswer } from '../platform/server-failure.ts'
import { write } from '../store/db.ts'
import { findImportJob, type ImportJob, listOpenImportJobs, saveImportJob } from '../store/imports/imports.ts'
import { findPatient } from '../store/patients/patients.ts'
import { advanceImport, type StepSeams } from './import-steps.ts'

const POLL_MS = 1500
const RETRY_MS = 10_000

export type ImportSeams = Omit<StepSeams, 'keep' | 'isStopped'> & {
  readonly clock: Clock
  /** Whose imports go on now; null while nobody may work here. */
  readonly personId: () => string | null
  readonly isSignInExpired: () => boolean
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
    again: false,
    timer: undefined as NodeJS.Timeout | undefined,
  }

  const keep = (job: ImportJob, progress: ImportProgress): ImportJob => {
    const next = { ...job, progress }
    if (state.stopped) return next
    write(db, (tx) => saveImportJob(tx, next, seams.clock.nowMs()))
    if (JSON.stringify(progress) !== JSON.stringify(job.progress)) seams.onProgress(progress)
    return next
  }
  const steps: StepSeams = { ...seams, keep, isStopped: () => state.stopped }

  /** @returns how long to wait for the next round; one import that cannot go on does not hold up the others */
  const runAll = async (): Promise<number> => {
    const personId = seams.isSignInExpired() ? null : seams.personId()
    const jobs = personId === null ? [] : listOpenImportJobs(db, personId)
    let waitMs = POLL_MS
    for (const job of jobs) {
      if (state.stopped) break
      try {
        await advanceImport(steps, job)
      } catch (cause) {
        const error = AppError.from(cause)
        waitMs = RETRY_MS
        tell(error)
        if (isNoAnswer(error.code) || error.code === 'auth.required') break
      }
    }
    return waitMs
  }
  const tell = (error: AppError) => {
    if (state.stopped) return
    if (error.code === 'internal') seams.logger.error('import.stuck', error.cause ?? error)
    else seams.logger.info('import.delayed', { code: error.code })
  }
  const wake = () => {
    state.again = true
    if (state.stopped || state.running !== undefined) return
    clearTimeout(state.timer)
    state.again = false
    state.running = runAll()
      .catch((cause: unknown) => {
        tell(AppError.from(cause))
        return RETRY_MS
      })
      .then(planNext)
  }
  const planNext = (waitMs: number): void => {
    state.running = undefined
    if (state.stopped) return
    if (state.again) return wake()
    const personId = seams.personId()
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

function firstProgress({ db, staging }: ImportSeams, request: StartImport): ImportProgress {
  const { sessionId, patient, capturedOn, images } = request
  if (new Set(images.map((image) => image.view)).size !== images.length)
    throw new AppError('input.invalid', { reason: 'view-twice' })
  for (const { hash } of images) if (!staging.has(hash)) throw new AppError('not-found', { hash })
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
