import { callRoute } from '../contract/api/call.ts'
import type { SessionProgress } from '../contract/api/shapes.ts'
import type { PhotoRefusal } from '../contract/domain/photos.ts'
import type { View } from '../contract/domain/views.ts'
import { AppError, type ErrorCode } from '../contract/errors.ts'
import type { HttpClient } from './http-client.ts'
import type { PlannedSession } from './plan.ts'
import type { Retry } from './retry.ts'
import { withRetry } from './retry.ts'
import { type Sent, uploadPhoto } from './upload.ts'

export type RefusedPhoto = {
  readonly row: number
  readonly view: View
  readonly file: string
  readonly refusal: PhotoRefusal
}
export type SessionOutcome = {
  readonly session: PlannedSession
  readonly state: 'published' | 'failed'
  /** Why it failed; null when published. */
  readonly code: ErrorCode | null
  readonly refused: readonly RefusedPhoto[]
  readonly sentCount: number
  readonly alreadyCount: number
}

export type SendContext = {
  readonly client: HttpClient
  readonly retry: Retry
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>
  /** How long publication may take before the run gives up on a session, in polls. */
  readonly polls: number
  readonly pollMs: number
  onPhoto(): void
}

/** These concern the whole run, not one session: go no further. */
const FATAL: readonly ErrorCode[] = [
  'auth.required',
  'auth.denied',
  'auth.no-practice',
  'server.unreachable',
  'server.not-loupe',
  'server.busy',
  'rate.limited',
  'internal',
]

/** Uploads, creates and waits for one session. @throws AppError when the server is away or refuses the key */
export async function sendSession(context: SendContext, session: PlannedSession): Promise<SessionOutcome> {
  const uploads: Sent[] = []
  try {
    uploads.push(...(await uploadAll(context, session.photos)))
    let progress = await create(context, session)
    const lost = progress.images.filter((image) => image.state === 'awaiting-upload').map((image) => image.hash)
    if (lost.length > 0) {
      await uploadAll(
        context,
        session.photos.filter((photo) => lost.includes(photo.hash)),
      )
      progress = await create(context, session)
    }
    progress = await untilPublished(context, progress)
    return { session, state: 'published', code: null, refused: refusedOf(session, progress), ...count(uploads) }
  } catch (cause) {
    const error = AppError.from(cause)
    if (FATAL.includes(error.code) && error.detail['waited'] !== true) throw error
    return { session, state: 'failed', code: error.code, refused: [], ...count(uploads) }
  }
}

async function uploadAll(context: SendContext, photos: PlannedSession['photos']): Promise<Sent[]> {
  const done = await Promise.allSettled(
    photos.map((photo) =>
      context.limit(async () => {
        const sent = await uploadPhoto(context.client, context.retry, photo)
        context.onPhoto()
        return sent
      }),
    ),
  )
  // All settle before the first failure is told: nothing of this session is still on the wire afterwards.
  for (const each of done) if (each.status === 'rejected') throw AppError.from(each.reason)
  return done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

async function create({ client, retry }: SendContext, session: PlannedSession): Promise<SessionProgress> {
  const [first] = session.photos
  if (first === undefined) throw new AppError('input.invalid', { sessionId: session.id })
  const images = session.photos.map(({ view, hash, mirrored }) => ({ view, hash, mirrored }))
  const { stage, aligners } = first
  const body = {
    sessionId: session.id,
    patient: { reference: session.patient },
    capturedOn: session.capturedOn,
    stage,
    aligners,
    images,
  }
  return await withRetry(retry, () => callRoute(client.call, 'scans.createSession', { body }))
}

async function untilPublished(context: SendContext, first: SessionProgress): Promise<SessionProgress> {
  let progress = first
  for (let poll = 0; progress.state !== 'published'; poll++) {
    if (poll >= context.polls) throw new AppError('server.busy', { waited: true })
    await context.retry.sleep(Math.min(context.pollMs * 1.3 ** poll, 10 * context.pollMs))
    const params = { id: first.sessionId }
    progress = await withRetry(context.retry, () => callRoute(context.client.call, 'scans.getSession', { params }))
  }
  return progress
}

function refusedOf(session: PlannedSession, progress: SessionProgress): RefusedPhoto[] {
  return progress.images.flatMap(({ view, refusal }) => {
    const photo = session.photos.find((each) => each.view === view)
    return refusal === null || photo === undefined ? [] : [{ row: photo.row, view, file: photo.file, refusal }]
  })
}

function count(uploads: readonly Sent[]): { sentCount: number; alreadyCount: number } {
  const sentCount = uploads.filter((sent) => sent === 'sent').length
  return { sentCount, alreadyCount: uploads.length - sentCount }
}
