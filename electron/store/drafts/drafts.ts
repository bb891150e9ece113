import { Draft, type KeptDraft } from '../../../preload/contract/draft.ts'
import { type Read, standingReads } from '../../../server/contract/domain/reads.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { viewSession } from '../review/session-view.ts'
import { findSession } from '../sessions/sessions.ts'
import { sql } from '../statements.ts'

/** As many drafts; beyond it the oldest go. Nobody leaves that many scans half entered. */
const MAX_DRAFTS = 500

type Whose = { readonly sessionId: string; readonly personId: string }

/** Puts the draft in the place of the one before; null forgets it. @throws AppError `not-found` for an unknown session */
export function saveDraft(tx: WriteTx, whose: Whose, draft: Draft | null, nowMs: number): void {
  if (draft === null) return dropDraft(tx, whose)
  const session = findSession(tx, whose.sessionId)
  if (session === undefined) throw new AppError('not-found', { sessionId: whose.sessionId })
  const ownReadId = ownReadOf(viewSession(tx, session).reads, whose.personId)
  sql(
    tx,
    `INSERT INTO draft (session_id, person_id, own_read_id, body, changed_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       own_read_id = excluded.own_read_id, body = excluded.body, changed_at_ms = excluded.changed_at_ms`,
  ).run(whose.sessionId, whose.personId, ownReadId, JSON.stringify(draft), nowMs)
  const newest = 'SELECT session_id, person_id FROM draft ORDER BY changed_at_ms DESC LIMIT ?'
  sql(tx, `DELETE FROM draft WHERE (session_id, person_id) NOT IN (${newest})`).run(MAX_DRAFTS)
}

/** Decided, or thought better of. */
export function dropDraft(tx: WriteTx, { sessionId, personId }: Whose): void {
  sql(tx, 'DELETE FROM draft WHERE session_id = ? AND person_id = ?').run(sessionId, personId)
}

/** The scan is gone, and with it what anybody has entered for it. */
export function dropDraftsOf(tx: WriteTx, sessionId: string): void {
  sql(tx, 'DELETE FROM draft WHERE session_id = ?').run(sessionId)
}

/**
 * @param reads all of the session, as they stand now
 * @returns undefined when there is none, when this person has decided since (elsewhere, or it was taken back), or when
 * an older Loupe wrote what this one cannot read
 */
export function findDraft(db: ReadDb, whose: Whose, reads: readonly Read[]): KeptDraft | undefined {
  const row = sql<{ body: string; ownReadId: string | null; changedAtMs: number }>(
    db,
    `SELECT body, own_read_id AS ownReadId, changed_at_ms AS changedAtMs FROM draft
     WHERE session_id = ? AND person_id = ?`,
  ).get(whose.sessionId, whose.personId)
  if (row === undefined || row.ownReadId !== ownReadOf(reads, whose.personId)) return undefined
  const entered = Draft.safeParse(JSON.parse(row.body)).data
  return entered === undefined ? undefined : { entered, changedAtMs: row.changedAtMs }
}

function ownReadOf(reads: readonly Read[], personId: string): string | null {
  return standingReads(reads).findLast((read) => read.readerId === personId)?.readId ?? null
}
