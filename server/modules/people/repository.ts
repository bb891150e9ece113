import { PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { Person, Practice } from '../../contract/domain/people.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export type Account = { readonly issuer: string; readonly subject: string }

export async function findPractice(tx: PracticeTx, practiceId: PracticeId): Promise<Practice | undefined> {
  const row = await tx.selectFrom('practice').select('name').where('practice_id', '=', practiceId).executeTakeFirst()
  return row === undefined ? undefined : { id: practiceId, name: row.name }
}

export async function insertPractice(tx: PracticeTx, practice: Practice, nowMs: number): Promise<void> {
  await tx
    .insertInto('practice')
    .values({ practice_id: practice.id, name: practice.name, created_at_ms: nowMs })
    .execute()
  await tx.insertInto('practice_clock').values({ practice_id: practice.id, seq: 0, epoch: 1, min_seq: 0 }).execute()
}

const PERSON = ['person_id', 'display_name', 'roles', 'active'] as const

export async function findPerson(
  tx: PracticeTx,
  practiceId: PracticeId,
  personId: PersonId,
): Promise<Person | undefined> {
  const row = await tx
    .selectFrom('person')
    .select(PERSON)
    .where('practice_id', '=', practiceId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row === undefined ? undefined : personOf(row)
}

export async function savePerson(
  tx: PracticeTx,
  practiceId: PracticeId,
  person: Person,
  account: Account,
): Promise<void> {
  const fields = { display_name: person.displayName, roles: [...person.roles], active: person.active, ...account }
  await tx
    .insertInto('person')
    .values({ practice_id: practiceId, person_id: person.id, ...fields })
    .onConflict((conflict) => conflict.columns(['practice_id', 'person_id']).doUpdateSet(fields))
    .execute()
}

/** Every workstation of the practice starts again with a fresh copy: what its users may see has changed. */
export async function bumpEpoch(tx: PracticeTx, practiceId: PracticeId): Promise<void> {
  await tx
    .updateTable('practice_clock')
    .set((row) => ({ epoch: row('epoch', '+', 1) }))
    .where('practice_id', '=', practiceId)
    .execute()
}

export async function listPeopleByCredential(
  tx: PracticeTx,
  account: Account,
): Promise<{ practiceId: PracticeId; person: Person }[]> {
  const rows = await tx
    .selectFrom('person')
    .select(['practice_id', ...PERSON])
    .where('issuer', '=', account.issuer)
    .where('subject', '=', account.subject)
    .execute()
  return rows.map((row) => ({ practiceId: PracticeId.parse(row.practice_id), person: personOf(row) }))
}

function personOf(row: { person_id: string; display_name: string; roles: Person['roles']; active: boolean }): Person {
  return { id: PersonId.parse(row.person_id), displayName: row.display_name, roles: row.roles, active: row.active }
}
