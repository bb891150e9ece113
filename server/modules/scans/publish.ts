import { PatientId, type PracticeId, SessionId } from '../../contract/domain/ids.ts'
import type { ScanSession } from '../../contract/domain/sessions.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { FeedWriter } from '../sync/service.ts'
import { type ImageWithPhoto, listImages, savePublished, type SessionRow } from './repository.ts'

/**
 * Publishes a session once every one of its photos is decided, refused ones with their reason: a bad photo never
 * holds back the others. The caller holds the session's lock, so of two photos decided at once one sees both.
 */
export async function publishIfDecided(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  session: SessionRow,
  nowMs: number,
): Promise<void> {
  if (session.published_at_ms !== null || session.withdrawn_at_ms !== null) return
  const images = await listImages(tx, practiceId, SessionId.parse(session.session_id))
  if (images.some((image) => image.state !== 'ready' && image.state !== 'refused')) return
  const published = publishedOf(session, images)
  await savePublished(tx, practiceId, published, nowMs)
  feed.put('session', published.id, published)
}

/**
 * A refused photo of a published session was sent again and is good now: the session's next version shows it. Reads say
 * which version they looked at.
 */
export async function publishReplaced(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  session: SessionRow,
): Promise<void> {
  const { body, published_at_ms: publishedAtMs } = session
  if (body === null || publishedAtMs === null || session.withdrawn_at_ms !== null) return
  const now = await listImages(tx, practiceId, body.id)
  const images = body.images.map((image) => {
    const photo = now.find((other) => other.view === image.view)?.photo ?? null
    return image.photo === null && photo !== null ? { ...image, photo, refusal: null } : image
  })
  if (images.every((image, i) => image === body.images[i])) return
  const next = { ...body, images, version: body.version + 1 }
  await savePublished(tx, practiceId, next, publishedAtMs)
  feed.put('session', next.id, next)
}

function publishedOf(session: SessionRow, images: readonly ImageWithPhoto[]): ScanSession {
  return {
    id: SessionId.parse(session.session_id),
    patientId: PatientId.parse(session.patient_id),
    capturedOn: session.captured_on,
    submittedAtMs: session.submitted_at_ms,
    stage: session.stage,
    aligners: session.aligners,
    images: images.map(({ view, mirrored, photo, refusal }) => ({ view, mirrored, photo, refusal })),
    version: session.version,
  }
}
