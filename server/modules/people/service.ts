import { isDeepStrictEqual } from 'node:util'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Person, Practice } from '../../contract/domain/people.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ModuleDeps } from '../deps.ts'
import { writeInPractice } from '../sync/service.ts'
import {
  type Account,
  bumpEpoch,
  findPerson,
  findPractice,
  insertPractice,
  listPeopleByCredential,
  savePerson,
} from './repository.ts'

/** For the import of a colleague's unsent work. */
export { findPerson } from './repository.ts'

type WriteDeps = Pick<ModuleDeps, 'database' | 'clock' | 'announce'>

/** Creates a practice with its clock; one that is there already is left as it is. */
export async function registerPractice(deps: WriteDeps, practice: Practice): Promise<void> {
  await writeInPractice(deps, practice.id, async (tx, feed) => {
    if ((await findPractice(tx, practice.id)) !== undefined) return
    await insertPractice(tx, practice, deps.clock.nowMs())
    feed.put('practice', practice.id, practice)
  })
}

/** Creates or changes a person and the account they sign in with; the same again changes nothing. */
export async function registerPerson(
  deps: WriteDeps,
  practiceId: PracticeId,
  person: Person,
  account: Account,
): Promise<void> {
  await writeInPractice(deps, practiceId, async (tx, feed) => {
    const before = await findPerson(tx, practiceId, person.id)
    await savePerson(tx, practiceId, person, account)
    if (isDeepStrictEqual(before, person)) return
    if (before !== undefined && !isDeepStrictEqual(before.roles, person.roles)) await bumpEpoch(tx, practiceId)
    feed.put('person', person.id, person)
  })
}

/** Who signs in with this account; undefined for nobody, for someone inactive, and where two practices claim it. */
export async function findPersonByCredential(
  database: Database,
  account: Account,
): Promise<PersonPrincipal | undefined> {
  const found = await database.withCredential({ kind: 'subject', ...account }, (tx) =>
    listPeopleByCredential(tx, account),
  )
  const active = found.filter(({ person }) => person.active)
  const [only] = active
  if (only === undefined || active.length > 1) return undefined
  return { kind: 'person', practiceId: only.practiceId, personId: only.person.id, roles: only.person.roles }
}
