import { sql } from 'kysely'
import type { IntakeKeyId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { AroundNumber, Entry } from './chain.ts'

/** Newest first. */
export async function listEntries(
  tx: PracticeTx,
  practiceId: PracticeId,
  options: { limit: number; before?: number | undefined; day?: string | undefined },
): Promise<Entry[]> {
  let query = select(tx, practiceId).orderBy('seq', 'desc').limit(options.limit)
  if (options.before !== undefined) query = query.where('seq', '<', options.before)
  if (options.day !== undefined) {
    const startMs = Date.parse(`${options.day}T00:00:00Z`)
    query = query.where('at_ms', '>=', startMs).where('at_ms', '<', startMs + 86_400_000)
  }
  return (await query.execute()).map(entryOf)
}

/** Oldest first. */
export async function listEntriesAfter(
  tx: PracticeTx,
  practiceId: PracticeId,
  seq: number,
  limit: number,
): Promise<Entry[]> {
  return (await select(tx, practiceId).where('seq', '>', seq).orderBy('seq').limit(limit).execute()).map(entryOf)
}

/** An entry before the database gives it its number and its hash. */
export type NewEntry = Omit<Entry, 'seq' | 'hash' | 'atMs'> & { readonly text: AroundNumber }

/** As `append_audit_entries` and `close_change` take them, after the time. */
export function entryColumns(entries: readonly NewEntry[]) {
  return sql`${entries.map((entry) => entry.personId)}::uuid[], ${entries.map((entry) => entry.intakeKeyId)}::uuid[],
    ${entries.map((entry) => entry.action)}::text[], ${entries.map((entry) => entry.outcome)}::text[],
    ${entries.map((entry) => JSON.stringify(entry.subject))}::jsonb[],
    ${entries.map((entry) => entry.text.before)}::text[], ${entries.map((entry) => entry.text.after)}::text[]`
}

/** One appender at a time for a practice, which numbers and chains them; its lock ends with the transaction. */
export async function appendEntries(
  tx: PracticeTx,
  practiceId: PracticeId,
  atMs: number,
  entries: readonly NewEntry[],
): Promise<void> {
  await sql`select append_audit_entries(${practiceId}, ${atMs}, ${entryColumns(entries)})`.execute(tx)
}

function select(tx: PracticeTx, practiceId: PracticeId) {
  return tx.selectFrom('audit_entry').selectAll().where('practice_id', '=', practiceId)
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

function entryOf(row: Row): Entry {
  return {
    seq: row.seq,
    atMs: row.at_ms,
    personId: row.person_id as PersonId | null, // the column holds nothing but what insertEntries wrote
    intakeKeyId: row.intake_key_id as IntakeKeyId | null,
    action: row.action,
    outcome: row.outcome,
    subject: row.subject,
    hash: row.hash,
  }
}
