import { MUTATIONS, type MutationName } from '../../contract/sync/mutations.ts'
import { OLDER_MUTATIONS, type OlderMutations } from '../../contract/sync/older-mutations.ts'
import type { MutationEnvelope } from '../../contract/sync/wire.ts'

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(MUTATIONS, name)
}

/**
 * A mutation's arguments as its present version has them, whichever version the workstation speaks. Undefined for a
 * version that is unknown here and for arguments that its schema refuses.
 */
export function readArgs(
  name: MutationName,
  mutation: Pick<MutationEnvelope, 'version' | 'args'>,
  older: OlderMutations = OLDER_MUTATIONS,
): { readonly args: unknown } | undefined {
  const { version, args } = MUTATIONS[name]
  const upgraded = mutation.version === version ? { args: mutation.args } : upgrade(name, mutation, older)
  if (upgraded === undefined) return undefined
  const parsed = args.safeParse(upgraded.args)
  return parsed.success ? { args: parsed.data } : undefined
}

function upgrade(
  name: MutationName,
  mutation: Pick<MutationEnvelope, 'version' | 'args'>,
  older: OlderMutations,
): { readonly args: unknown } | undefined {
  const versions = older[name] ?? {}
  const spec = Object.hasOwn(versions, mutation.version) ? versions[mutation.version] : undefined
  const parsed = spec?.args.safeParse(mutation.args)
  if (spec === undefined || parsed?.success !== true) return undefined
  // Schema and upgrade come from one row, which the compiler cannot see through the union.
  return { args: (spec.upgrade as (args: unknown) => unknown)(parsed.data) }
}
