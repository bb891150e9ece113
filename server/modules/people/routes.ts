import { AppError } from '../../contract/errors.ts'
import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { findPerson, findPractice } from './repository.ts'

/** Not audited: they show the caller itself and no patient. */
export function createPeopleRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
): Pick<RouteHandlers, 'session.me' | 'session.practice'> {
  return {
    'session.me': (_, { practiceId, personId }) =>
      deps.database.inPractice(practiceId, async (tx) => {
        const person = await findPerson(tx, practiceId, personId)
        const practice = await findPractice(tx, practiceId)
        if (person === undefined || practice === undefined) throw new AppError('auth.no-practice')
        return { person, practice, serverTimeMs: deps.clock.nowMs() }
      }),
    'session.practice': (_, { practiceId }) =>
      deps.database.inPractice(practiceId, async (tx) => {
        const practice = await findPractice(tx, practiceId)
        if (practice === undefined) throw new AppError('auth.no-practice')
        return practice
      }),
  }
}
