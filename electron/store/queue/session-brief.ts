import type { QueueRow } from '../../../preload/contract/queue.ts'
import { missingViews, type ScanSession } from '../../../server/contract/domain/sessions.ts'
import { bodyOf } from '../db.ts'

/** What the queue shows of a scan itself. */
export type SessionBrief = Pick<QueueRow, 'sessionId' | 'capturedOn' | 'submittedAtMs' | keyof Kept>

/**
 * The part of it that has no column of its own, kept beside the scan: reading the whole scan for it takes four times as
 * long. Short, so that a scan still fits on one page of the file.
 */
type Kept = Pick<QueueRow, 'stage' | 'thumbnail' | 'photoCount' | 'missing' | 'flags'>

/** Goes into the column `brief`, as JSON. */
export function keptOf(session: ScanSession): Kept {
  const usable = session.images.filter((image) => image.photo !== null)
  const face = usable.find((image) => image.view === 'frontal') ?? usable[0]
  return {
    stage: session.stage,
    thumbnail: face?.photo?.hash ?? null,
    photoCount: usable.length,
    missing: missingViews(session),
    flags: flagsOf(session),
  }
}

export type BriefRow = Pick<SessionBrief, 'sessionId' | 'capturedOn' | 'submittedAtMs'> & {
  /** Empty for a scan that an earlier version stored, until the next copy brings it again. */
  readonly brief: string
  /** Of such a scan; else empty. */
  readonly body: string
}

export function briefOf({ brief, body, ...columns }: BriefRow): SessionBrief {
  return { ...columns, ...(brief === '' ? keptOf(bodyOf<ScanSession>(body)) : bodyOf<Kept>(brief)) }
}

function flagsOf(session: ScanSession): QueueRow['flags'] {
  return session.images.flatMap((image) => [
    ...(image.photo?.quality.flags ?? []).map((flag) => ({ view: image.view, flag })),
    ...(image.mirrored === 'uncorrected' ? [{ view: image.view, flag: 'mirrored' as const }] : []),
    ...(image.photo === null ? [{ view: image.view, flag: 'refused' as const }] : []),
  ])
}
