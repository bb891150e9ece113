import type { Role } from '../../contract/domain/roles.ts'
import { MUTATIONS } from '../../contract/sync/mutations.ts'

/** Decides for the whole practice: its administrators. */
export function mayChangeRules(roles: readonly Role[]): boolean {
  return roles.some((role) => (MUTATIONS['rules.change'].who as readonly Role[]).includes(role))
}
