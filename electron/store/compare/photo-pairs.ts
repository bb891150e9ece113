import {
  ALIGN_RECIPE,
  Alignment,
  type KnownPair,
  PairNudge,
  type PhotoPair,
} from '../../../preload/contract/alignment.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** As many pairs; beyond it the oldest are worked out again when they are needed. Some 100 MB. */
export const MAX_PAIRS = 200_000

const THIS_PAIR = 'current = ? AND prior = ? AND view = ?'
const KNOWS_NOTHING = 'alignment IS NULL AND nudge IS NULL'

/** What is known of each, in their order. An answer of another recipe, or of an older shape of it, is none. */
export function findPairs(db: ReadDb, pairs: readonly PhotoPair[]): KnownPair[] {
  const text = `SELECT alignment, nudge FROM photo_pair WHERE ${THIS_PAIR}`
  return pairs.map((pair) => {
    const row = sql<{ alignment: string | null; nudge: string | null }>(db, text).get(
      pair.current,
      pair.prior,
      pair.view,
    )
    return { pair, alignment: alignmentOf(row?.alignment), nudge: nudgeOf(row?.nudge) }
  })
}

export function saveAlignment(tx: WriteTx, alignment: Alignment, nowMs: number): void {
  const { current, prior, view } = alignment.pair
  sql(
    tx,
    `INSERT INTO photo_pair (current, prior, view, alignment, saved_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET alignment = excluded.alignment, saved_at_ms = excluded.saved_at_ms`,
  ).run(current, prior, view, JSON.stringify(alignment), nowMs)
}

/** Kept apart from the alignment: a new recipe does not undo what a hand has moved. Zero forgets it. */
export function saveNudge(tx: WriteTx, nudge: PairNudge, nowMs: number): void {
  const { current, prior, view } = nudge.pair
  const isNone = nudge.x === 0 && nudge.y === 0
  sql(
    tx,
    `INSERT INTO photo_pair (current, prior, view, nudge, saved_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET nudge = excluded.nudge`,
  ).run(current, prior, view, isNone ? null : JSON.stringify(nudge), nowMs)
  if (isNone) sql(tx, `DELETE FROM photo_pair WHERE ${THIS_PAIR} AND ${KNOWS_NOTHING}`).run(current, prior, view)
}

/** The oldest go when there are too many. What a hand moved cannot be worked out again: it stays. */
export function trimPairs(tx: WriteTx, atMost: number = MAX_PAIRS): number {
  const count = sql<{ count: number }>(tx, 'SELECT count(*) AS count FROM photo_pair').get()?.count ?? 0
  if (count <= atMost) return 0
  const oldest = `SELECT current, prior, view FROM photo_pair WHERE nudge IS NULL ORDER BY saved_at_ms LIMIT ?`
  const text = `DELETE FROM photo_pair WHERE (current, prior, view) IN (${oldest})`
  return sql(tx, text).run(count - atMost).changes
}

export function forgetPairsOf(tx: WriteTx, hash: string): void {
  sql(tx, 'DELETE FROM photo_pair WHERE current = :hash OR prior = :hash').run({ hash })
}

function alignmentOf(text: string | null | undefined): Alignment | null {
  const parsed = text == null ? undefined : Alignment.safeParse(JSON.parse(text))
  return parsed?.success === true && parsed.data.recipe === ALIGN_RECIPE ? parsed.data : null
}

function nudgeOf(text: string | null | undefined): PairNudge | null {
  return text == null ? null : (PairNudge.safeParse(JSON.parse(text)).data ?? null)
}
