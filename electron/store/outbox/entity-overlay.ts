import type { MutationArgs } from '../../../server/contract/sync/mutations.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Changes of the practice's own rows: its rules, a patient's goals, questions about a scan. */
export type EntityChange = 'rules.change' | 'goal.save' | 'question.ask' | 'question.answer'
/** As {@link saveEntityOverlay} wrote it. */
export type EntityOverlay<N extends EntityChange = EntityChange> = {
  [M in N]: {
    readonly name: M
    readonly entityId: string
    readonly personId: string
    readonly args: MutationArgs<M>
    readonly base: Readonly<Record<string, unknown>>
    /** Null until the server has acknowledged it. */
    readonly feedSeq: number | null
  }
}[N]
type Stored = Omit<EntityOverlay, 'args' | 'base'> & { readonly args: string; readonly base: string }

const COLUMNS = 'name, entity_id AS entityId, person_id AS personId, args, base, feed_seq AS feedSeq'

/** What the feed has not brought of one row, in the order in which it was made. */
export function listEntityOverlay(db: ReadDb, entityId: string): EntityOverlay[] {
  return rowsOf(db, `SELECT ${COLUMNS} FROM overlay WHERE entity_id = ? ORDER BY position`, entityId)
}

/** @param about the patient for goals, the scan for questions */
export function listOverlayAbout(db: ReadDb, about: string): EntityOverlay[] {
  return rowsOf(db, `SELECT ${COLUMNS} FROM overlay WHERE about = ? ORDER BY position`, about)
}

function rowsOf(db: ReadDb, text: string, key: string): EntityOverlay[] {
  return sql<Stored>(db, text)
    .all(key)
    .map((row) => ({ ...row, args: bodyOf(row.args), base: bodyOf(row.base) }) as EntityOverlay)
}

/** @param about the patient of a goal, the scan of a question; null for the rules */
export function saveEntityOverlay<N extends EntityChange>(
  tx: WriteTx,
  name: N,
  change: {
    readonly mutationId: string
    readonly position: number
    readonly personId: string
    readonly entityId: string
    readonly about: string | null
    readonly args: MutationArgs<N>
    readonly base: Readonly<Record<string, unknown>>
  },
): void {
  const { mutationId, position, personId, entityId, about, args, base } = change
  sql(
    tx,
    `INSERT INTO overlay (mutation_id, position, name, entity_id, about, person_id, args, base)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(mutationId, position, name, entityId, about, personId, JSON.stringify(args), JSON.stringify(base))
}
