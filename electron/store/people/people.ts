import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { Person, Practice } from '../../../server/contract/domain/people.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import type { RowAt } from '../sync-state/sync-state.ts'

export function findPerson(db: ReadDb, id: string): Person | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM person WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<Person>(row.body)
}

/** Empty for a person whom the feed has not brought (yet). */
export function displayNameOf(db: ReadDb, id: PersonId): string {
  return findPerson(db, id)?.displayName ?? ''
}

/** @returns false when a newer row is here already */
export function savePerson(tx: WriteTx, person: Person, { seq, generation }: RowAt): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO person (id, body, seq, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > person.generation OR excluded.seq >= person.seq`,
  ).run(person.id, JSON.stringify(person), seq, generation)
  return changes > 0
}

export function savePractice(tx: WriteTx, practice: Practice, { seq, generation }: RowAt): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO practice (id, body, seq, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > practice.generation OR excluded.seq >= practice.seq`,
  ).run(practice.id, JSON.stringify(practice), seq, generation)
  return changes > 0
}
