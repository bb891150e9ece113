import { PersonId, PracticeId } from '../contract/domain/ids.ts'
import type { Role } from '../contract/domain/roles.ts'

export type DemoPerson = {
  readonly id: PersonId
  /** The account at the demonstration's identity provider. */
  readonly subject: string
  readonly displayName: string
  readonly roles: readonly Role[]
}
export type DemoPractice = {
  readonly id: PracticeId
  readonly name: string
  readonly people: readonly DemoPerson[]
}

function person(number: string, displayName: string, role: Role): DemoPerson {
  const id = PersonId.parse(`0198b0d0-0000-7000-8000-0000000000${number}`)
  const subject = displayName.replace(/^Dr /, '').toLowerCase().replaceAll(' ', '.')
  return { id, subject, displayName, roles: [role] }
}

/** Everybody of the demonstration, invented. Fixed ids, so that a second start finds the same people. */
export const DEMO_PRACTICES: readonly DemoPractice[] = [
  {
    id: PracticeId.parse('0198b0d0-0000-7000-8000-000000000001'),
    name: 'Northside Orthodontics',
    people: [
      person('11', 'Dr Alma Reyes', 'clinician'),
      person('12', 'Dr Jonas Adler', 'clinician'),
      person('13', 'Dr Naledi Mbeki', 'clinician'),
      person('14', 'Priya Shah', 'staff'),
      person('15', 'Marta Lind', 'practice_admin'),
      person('16', 'Tom Weir', 'it_admin'),
      person('17', 'Ines Duarte', 'auditor'),
    ],
  },
  {
    id: PracticeId.parse('0198b0d0-0000-7000-8000-000000000002'),
    name: 'Southside Orthodontics',
    people: [person('21', 'Dr Emil Stone', 'clinician'), person('22', 'Ada Frost', 'practice_admin')],
  },
]

export function findDemoPerson(subject: string): DemoPerson | undefined {
  return DEMO_PRACTICES.flatMap((practice) => practice.people).find((person) => person.subject === subject)
}
