import { Role } from '../../contract/domain/roles.ts'
import type { Principal } from '../handler.ts'

const ALONE = ['public', 'presigned'] as const
const SIGNED_IN = ['intake', ...Role.options] as const

/** Denies unless a word of the route's policy says otherwise. Looks at the table only, never at a record. */
export function mayCall(who: readonly string[], principal: Principal | undefined): boolean {
  if (isOpen(who)) return true
  if (principal === undefined) return false
  if (principal.kind === 'intake') return who.includes('intake')
  return principal.roles.some((role) => who.includes(role))
}

/** No sign-in is looked for: the route is public, or its address carries a signature that the handler checks. */
export function isOpen(who: readonly string[]): boolean {
  return ALONE.some((word) => who.includes(word))
}

/** Refuses to start on a route whose policy is missing, empty, misspelt, or open and guarded at once. */
export function assertPolicies(table: Readonly<Record<string, { readonly who?: readonly string[] }>>): void {
  for (const [name, route] of Object.entries(table)) {
    const who = route.who ?? []
    if (who.length === 0) throw new Error(`Route ${name} has no policy: say in "who" who may call it`)
    if (isOpen(who) ? who.length > 1 : !who.every((word) => (SIGNED_IN as readonly string[]).includes(word)))
      throw new Error(`Route ${name} has a policy that cannot be held: ${who.join(', ')}`)
  }
}
