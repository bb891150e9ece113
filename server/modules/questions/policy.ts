import type { Role } from '../../contract/domain/roles.ts'
import { mayDecide } from '../../contract/domain/roles.ts'

/** Whoever decides about cases asks about them and answers; whom an answer belongs to, `mayAnswer` of the contract says. */
export function mayConfer(roles: readonly Role[]): boolean {
  return mayDecide(roles)
}
