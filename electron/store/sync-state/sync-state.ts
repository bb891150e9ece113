import type { EntityName } from '../../../server/contract/sync/entities.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type Position = {
  readonly epoch: number
  readonly seq: number
  /** Grows with each copy: a row of an older one is replaced whatever its number, for numbers may start anew. */
  readonly generation: number
  /** True until the first copy, or one after a lost position, is complete: `seq` is then no promise. */
  readonly bootstrapping: boolean
}

/** A copy under way: of the whole practice, or of one entity that differed from the server's. */
export type Copy = {
  readonly only: EntityName | null
  /** Of the first answer; null before it. Pulling goes on from `startSeq`. */
  readonly epoch: number | null
  readonly startSeq: number
  /** Null once every row is here and only the feed since `startSeq` is missing. */
  readonly entity: EntityName | null
  /** The last key applied; null before an entity's first. */
  readonly after: string | null
  readonly rowsDone: number
  readonly rowsTotal: number | null
}

/** How a row came: its feed position, and the copy that it belongs to. */
export type RowAt = Pick<Position, 'seq' | 'generation'>

/** The last comparison with the server's own figures. */
export type LastCheck = {
  /** This workstation's clock. */
  readonly atMs: number
  readonly repaired: readonly EntityName[]
}

type Name = 'position' | 'copy' | 'lastSyncedAtMs' | 'practiceId' | 'lastCheck'

const NOTHING_YET: Position = { epoch: 0, seq: 0, generation: 1, bootstrapping: true }

export function getPosition(db: ReadDb): Position {
  const text = find(db, 'position')
  return text === undefined ? NOTHING_YET : (JSON.parse(text) as Position) // written by savePosition alone
}

/** In the transaction that applies the page: a kill leaves both or neither. */
export function savePosition(tx: WriteTx, position: Position): void {
  save(tx, 'position', JSON.stringify(position))
}

export function findCopy(db: ReadDb): Copy | undefined {
  const text = find(db, 'copy')
  return text === undefined ? undefined : (JSON.parse(text) as Copy) // written by saveCopy alone
}

/** In the transaction of the rows that it tells of. */
export function saveCopy(tx: WriteTx, copy: Copy): void {
  save(tx, 'copy', JSON.stringify(copy))
}

export function dropCopy(tx: WriteTx): void {
  sql(tx, `DELETE FROM sync_state WHERE name = 'copy'`).run()
}

export function findLastCheck(db: ReadDb): LastCheck | null {
  const text = find(db, 'lastCheck')
  return text === undefined ? null : (JSON.parse(text) as LastCheck) // written by saveLastCheck alone
}

/** After a whole copy: these rows have not been compared yet. */
export function dropLastCheck(tx: WriteTx): void {
  sql(tx, `DELETE FROM sync_state WHERE name = 'lastCheck'`).run()
}

export function saveLastCheck(tx: WriteTx, check: LastCheck): void {
  save(tx, 'lastCheck', JSON.stringify(check))
}

export function findLastSyncedAtMs(db: ReadDb): number | null {
  const text = find(db, 'lastSyncedAtMs')
  return text === undefined ? null : Number(text)
}

export function saveLastSyncedAtMs(tx: WriteTx, atMs: number): void {
  save(tx, 'lastSyncedAtMs', String(atMs))
}

/** The one practice whose data this store holds; undefined before the first sign-in. */
export function findPracticeId(db: ReadDb): string | undefined {
  return find(db, 'practiceId')
}

export function savePracticeId(tx: WriteTx, practiceId: string): void {
  save(tx, 'practiceId', practiceId)
}

function find(db: ReadDb, name: Name): string | undefined {
  return sql<{ value: string }>(db, 'SELECT value FROM sync_state WHERE name = ?').get(name)?.value
}

function save(tx: WriteTx, name: Name, value: string): void {
  sql(
    tx,
    'INSERT INTO sync_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value)
}
