import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import type { ReadyRow } from '../rows/ready-row.ts'
import { sql } from '../statements.ts'

export function findPerson(db: ReadDb, id: string): Person | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM person WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<Person>(row.body)
}

/** Empty for a person whom the feed has not brought (yet). */
export function displayNameOf(db: ReadDb, id: PersonId): string {
  return findPerson(db, id)?.displayName ?? ''
}

/** @returns false when a newer row is here already */
export function savePerson(tx: WriteTx, row: ReadyRow<'person'>, generation: number): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO person (id, body, seq, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > person.generation OR excluded.seq >= person.seq`,
  ).run(row.id, row.body, row.seq, generation)
  return changes > 0
}

export function savePractice(tx: WriteTx, row: ReadyRow<'practice'>, generation: number): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO practice (id, body, seq, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > practice.generation OR excluded.seq >= practice.seq`,
  ).run(row.id, row.body, row.seq, generation)
  return changes > 0
}
