import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { ClientId, MutationId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { LAST_MARK } from '../../platform/database/prepared.ts'
import { entryColumns, type NewEntry } from '../audit/service.ts'
import type { FeedRow } from './feed.ts'

/** What a change says at its end: its rows of the feed and its entries of the audit log. */
export type Told = { readonly rows: readonly FeedRow[]; readonly entries: readonly NewEntry[] }

/** The mutation that a workstation pushed, and whose turn it has to be. */
export type Pushed = {
  readonly id: MutationId
  readonly clientId: ClientId
  readonly personId: PersonId
  readonly clientSeq: number
}

type Closed = { readonly seq: number | null }

/** SQLSTATE of `close_change`, migration 0008. */
const NOT_IN_TURN = 'LP001'
/** It is not this workstation's turn, or the mutation was decided before: nothing of the transaction may stay. */
export class NotInTurn extends Error {}

/**
 * The last statement of every change, one for all of it, in the order in which every change takes its locks: the workstation's
 * number, the audit log, the practice's clock (held to the commit, so writers of a practice follow each other), feed
 * and heads, the verdict `applied`. A head that is moved was written by an earlier holder of the clock's lock. The same
 * entity twice: the last one is the head.
 * @returns where the feed stands then; null when nothing was told to it
 */
export async function closeChange(
  tx: PracticeTx,
  practiceId: PracticeId,
  { rows, entries }: Told,
  { pushed, nowMs }: { readonly pushed: Pushed | null; readonly nowMs: number },
): Promise<number | null> {
  const last = new Map(rows.map((row, i) => [`${row.entity} ${row.id}`, i]))
  const { clientId = null, personId = null, clientSeq = null, id = null } = pushed ?? {}
  try {
    const { rows: closed } =
      await sql<Closed>`${sql.raw(LAST_MARK)} select close_change(${practiceId}, ${nowMs}, ${clientId}, ${personId}, ${clientSeq}, ${id},
        ${rows.map((row) => row.entity)}::text[], ${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.op)}::text[], ${rows.map((row) => (row.op === 'put' ? JSON.stringify(row.body) : null))}::json[],
        ${rows.map((row, i) => last.get(`${row.entity} ${row.id}`) === i)}::boolean[],
        ${entryColumns(entries)}) as seq`.execute(tx)
    return closed[0]?.seq ?? null
  } catch (cause) {
    if (cause instanceof DatabaseError && cause.code === NOT_IN_TURN) throw new NotInTurn(undefined, { cause })
    throw cause
  }
}
