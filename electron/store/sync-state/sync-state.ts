import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type Position = {
  readonly epoch: number
  readonly seq: number
  /** Grows with each bootstrap; rows of an older one are swept when it is complete. */
  readonly generation: number
  readonly bootstrapping: boolean
}

type Name = 'position' | 'lastSyncedAtMs' | 'practiceId'

export function getPosition(db: ReadDb): Position {
  const text = find(db, 'position')
  return text === undefined ? { epoch: 0, seq: 0, generation: 1, bootstrapping: true } : (JSON.parse(text) as Position) // written by savePosition alone
}

/** In the transaction that applies the page: a kill leaves both or neither. */
export function savePosition(tx: WriteTx, position: Position): void {
  save(tx, 'position', JSON.stringify(position))
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
