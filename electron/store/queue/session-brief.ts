import type { QueueRow } from '../../../preload/contract/queue.ts'
import { missingViews, type ScanSession } from '../../../server/contract/domain/sessions.ts'
import { bodyOf } from '../db.ts'

/** What the queue shows of a scan itself, kept beside it: reading the whole scan for it takes four times as long. */
export type SessionBrief = Pick<
  QueueRow,
  'sessionId' | 'stage' | 'capturedOn' | 'submittedAtMs' | 'thumbnail' | 'photoCount' | 'missing' | 'flags'
>

export function briefOf(session: ScanSession): SessionBrief {
  const usable = session.images.filter((image) => image.photo !== null)
  const face = usable.find((image) => image.view === 'frontal') ?? usable[0]
  return {
    sessionId: session.id,
    stage: session.stage,
    capturedOn: session.capturedOn,
    submittedAtMs: session.submittedAtMs,
    thumbnail: face?.photo?.hash ?? null,
    photoCount: usable.length,
    missing: missingViews(session),
    flags: flagsOf(session),
  }
}

/** @param brief empty for a scan that an earlier version stored, until the next copy brings it again */
export function readBrief({ brief, body }: { readonly brief: string; readonly body: string }): SessionBrief {
  return brief === '' ? briefOf(bodyOf<ScanSession>(body)) : bodyOf<SessionBrief>(brief)
}

function flagsOf(session: ScanSession): QueueRow['flags'] {
  return session.images.flatMap((image) => [
    ...(image.photo?.quality.flags ?? []).map((flag) => ({ view: image.view, flag })),
    ...(image.mirrored === 'uncorrected' ? [{ view: image.view, flag: 'mirrored' as const }] : []),
    ...(image.photo === null ? [{ view: image.view, flag: 'refused' as const }] : []),
  ])
}
