import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { Person, Practice } from '../../../server/contract/domain/people.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import type { ReadyRow } from '../rows/ready-row.ts'
import { sql } from '../statements.ts'

export function findPerson(db: ReadDb, id: string): Person | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM person WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<Person>(row.body)
}

/** Everybody who works at the practice now, by name. */
export function listActivePeople(db: ReadDb): Person[] {
  return sql<{ body: string }>(db, `SELECT body FROM person WHERE body ->> '$.active' = 1`)
    .all()
    .map(({ body }) => bodyOf<Person>(body))
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName) || (a.id < b.id ? -1 : 1))
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

/** Undefined before the first copy has brought it. */
export function findPractice(db: ReadDb): Practice | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM practice LIMIT 1').get()
  return row === undefined ? undefined : bodyOf<Practice>(row.body)
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
