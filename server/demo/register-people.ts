import type { ModuleDeps } from '../modules/deps.ts'
import { registerPerson, registerPractice } from '../modules/people/service.ts'
import { DEMO_PRACTICES } from './people.ts'

/** At every start: repeating it changes nothing, and a new issuer (another port) reaches everybody's account. */
export async function registerDemoPeople(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  issuer: string,
): Promise<void> {
  for (const { id: practiceId, name, people } of DEMO_PRACTICES) {
    await registerPractice(deps, { id: practiceId, name })
    for (const { id, displayName, roles, subject } of people) {
      const person = { id, displayName, roles: [...roles], active: true }
      await registerPerson(deps, practiceId, person, { issuer, subject })
    }
  }
}
