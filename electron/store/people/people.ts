import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { Person, Practice } from '../../../server/contract/domain/people.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export function findPerson(db: ReadDb, id: string): Person | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM person WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<Person>(row.body)
}

/** Empty for a person whom the feed has not brought (yet). */
export function displayNameOf(db: ReadDb, id: PersonId): string {
  return findPerson(db, id)?.displayName ?? ''
}

export function savePerson(tx: WriteTx, person: Person, generation: number): void {
  sql(
    tx,
    `INSERT INTO person (id, body, generation) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, generation = excluded.generation`,
  ).run(person.id, JSON.stringify(person), generation)
}

export function savePractice(tx: WriteTx, practice: Practice, generation: number): void {
  sql(
    tx,
    `INSERT INTO practice (id, body, generation) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, generation = excluded.generation`,
  ).run(practice.id, JSON.stringify(practice), generation)
}
