import type { Role } from '../../contract/domain/roles.ts'
import { MUTATIONS } from '../../contract/sync/mutations.ts'

/** What treatment is to reach is a clinician's word; administrators keep the days. */
export function maySaveGoal(roles: readonly Role[]): boolean {
  return roles.some((role) => (MUTATIONS['goal.save'].who as readonly Role[]).includes(role))
}
