import { z } from 'zod'
import { PhotoHash, PracticeId } from '../../contract/domain/ids.ts'

/** Every kind of background work. Adding a row here is the only way to add one. Data holds ids only. */
export const JOB_QUEUES = {
  'photo.process': {
    data: z.strictObject({ practiceId: PracticeId, hash: PhotoHash }),
    concurrency: 2,
    retryLimit: 6,
    /** First pause in seconds; doubled each time, to at most `retryDelayMax`. */
    retryDelay: 2,
    retryDelayMax: 300,
    /** A job whose server died is given to another after this. Shorter than 10 the queue does not take. */
    heartbeatSeconds: 10,
    /** A job that takes longer is taken away from its server, alive or not. */
    expireInSeconds: 180,
  },
  /** One turn over all practices. */
  'sync.prune': {
    data: z.strictObject({}),
    concurrency: 1,
    retryLimit: 5,
    retryDelay: 60,
    retryDelayMax: 3600,
    heartbeatSeconds: 30,
    expireInSeconds: 4 * 3600,
  },
  /** Uploads in parts that were left, and half-written files. */
  'uploads.prune': {
    data: z.strictObject({}),
    concurrency: 1,
    retryLimit: 5,
    retryDelay: 60,
    retryDelayMax: 3600,
    heartbeatSeconds: 30,
    expireInSeconds: 3600,
  },
} as const satisfies Record<string, JobQueue>

type JobQueue = {
  readonly data: z.ZodType
  readonly concurrency: number
  readonly retryLimit: number
  readonly retryDelay: number
  readonly retryDelayMax: number
  readonly heartbeatSeconds: number
  readonly expireInSeconds: number
}

export type JobName = keyof typeof JOB_QUEUES
export type JobData<N extends JobName> = z.infer<(typeof JOB_QUEUES)[N]['data']>
export const JOB_NAMES = Object.keys(JOB_QUEUES) as JobName[]

export function deadLetterOf(name: JobName): string {
  return `${name}.dead`
}
