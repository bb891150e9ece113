import type { ReadDb } from '../db.ts'
import { sql } from '../statements.ts'
import type { PhotoKey } from './known.ts'

/** A session that somebody still has to look at. */
const AWAITS = `state IN ('waiting', 'discordant')`
/** The photo of some scan of a patient who waits. A photo may be in several scans: the one that needs it most counts. */
const OF_WAITING_SCAN = `EXISTS (SELECT 1 FROM session_photo p JOIN queue_row q ON q.session_id = p.session_id
  WHERE p.photo = substr(c.hash, 1, 16) AND q.${AWAITS})`
const OF_WAITING_PATIENT = `EXISTS (SELECT 1 FROM session_photo p JOIN queue_row own ON own.session_id = p.session_id
  JOIN queue_row q ON q.patient_id = own.patient_id WHERE p.photo = substr(c.hash, 1, 16) AND q.${AWAITS})`

/**
 * What goes when photos take more room than they may: from first to last, within a place the longest unused first.
 * Thumbnails, which the queue shows, are in no place; nor is what was not sent yet, which is in another folder, and
 * what is to be removed anyhow (forgotten.ts).
 */
const ORDER = [
  { place: 'original', of: 'evict = 2' },
  { place: 'done', of: `evict = 1 AND NOT ${OF_WAITING_PATIENT}` },
  { place: 'prior', of: `evict = 1 AND ${OF_WAITING_PATIENT} AND NOT ${OF_WAITING_SCAN}` },
  { place: 'waiting', of: `evict = 1 AND ${OF_WAITING_SCAN}` },
] as const
type PlaceName = (typeof ORDER)[number]['place']

export type Evictable = PhotoKey & {
  readonly bytes: number
  readonly usedAtMs: number
  readonly place: PlaceName
}

export function listEvictable(db: ReadDb, limit: number): Evictable[] {
  const found: Evictable[] = []
  for (const { place, of } of ORDER) {
    if (found.length >= limit) break
    const text = `SELECT c.hash, c.size, c.bytes, c.used_at_ms AS usedAtMs, '${place}' AS place
      FROM cached_photo c WHERE ${of} ORDER BY c.used_at_ms, c.hash LIMIT ?`
    found.push(...sql<Evictable>(db, text).all(limit - found.length))
  }
  return found
}

/** Where a review size that is not here yet would stand. */
export function findPlace(db: ReadDb, { hash, size }: PhotoKey): PlaceName {
  if (size !== '2048') return 'original'
  const text = `SELECT ${OF_WAITING_SCAN} AS waiting, ${OF_WAITING_PATIENT} AS prior FROM (SELECT ? AS hash) AS c`
  const { waiting = 0, prior = 0 } = sql<{ waiting: 0 | 1; prior: 0 | 1 }>(db, text).get(hash) ?? {}
  if (waiting === 1) return 'waiting'
  return prior === 1 ? 'prior' : 'done'
}

/** An order without circles: nothing is thrown away for something that would be thrown away for it. */
export function mayGoFor(
  photo: Pick<Evictable, 'place' | 'usedAtMs'>,
  wish: { readonly place: PlaceName; readonly needMs: number },
): boolean {
  const [its, theirs] = [rankOf(photo.place), rankOf(wish.place)]
  if (its !== theirs) return its < theirs
  // Those who wait are fetched in the order of the queue: who comes later does not drive out who comes sooner.
  return wish.place === 'done' && photo.usedAtMs < wish.needMs
}

function rankOf(place: PlaceName): number {
  return ORDER.findIndex((one) => one.place === place)
}
