import { sql } from 'kysely'
import type { IntakeKeyId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { Entry } from './chain.ts'

/** One appender at a time for a practice; the lock ends with the transaction. Undefined for an empty log. */
export async function lockLastEntry(
  tx: PracticeTx,
  practiceId: PracticeId,
): Promise<Pick<Entry, 'seq' | 'hash'> | undefined> {
  const { rows } = await sql<Pick<Entry, 'seq' | 'hash'>>`select seq, hash from lock_audit_end(${practiceId})`.execute(
    tx,
  )
  return rows[0]
}

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

export async function insertEntries(tx: PracticeTx, practiceId: PracticeId, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    practice_id: practiceId,
    seq: entry.seq,
    at_ms: entry.atMs,
    person_id: entry.personId,
    intake_key_id: entry.intakeKeyId,
    action: entry.action,
    outcome: entry.outcome,
    subject: JSON.stringify(entry.subject),
    hash: entry.hash,
  }))
  await tx.insertInto('audit_entry').values(rows).execute()
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
