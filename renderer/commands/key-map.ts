import type { ChosenKeys } from '../../preload/contract/settings.ts'
import { COMMAND_IDS, type CommandId, commandSpec } from './table.ts'

/** The keys of a verb for this person: their own, else the table's. */
export function keysOf(id: CommandId, chosen: ChosenKeys): readonly string[] {
  return chosen[id] ?? commandSpec(id).keys
}

/** Whether the person changed the keys of this verb. */
export function hasOwnKeys(id: CommandId, chosen: ChosenKeys): boolean {
  return chosen[id] !== undefined
}

/** Verbs that could be meant where `id` works: those of its context, and what works everywhere. */
function meets(id: CommandId, other: CommandId): boolean {
  const [here, there] = [commandSpec(id).context, commandSpec(other).context]
  return here === there || here === 'global' || there === 'global'
}

/** Which other verb has this key already where `id` works. */
export function findConflict(id: CommandId, key: string, chosen: ChosenKeys): CommandId | undefined {
  return COMMAND_IDS.find((other) => other !== id && meets(id, other) && keysOf(other, chosen).includes(key))
}

/** Every key that means two things at one place: none, unless a new version of Loupe brought a verb onto a chosen key. */
export function listConflicts(chosen: ChosenKeys): { readonly id: CommandId; readonly key: string }[] {
  return COMMAND_IDS.flatMap((id) =>
    keysOf(id, chosen).flatMap((key) => (findConflict(id, key, chosen) === undefined ? [] : [{ id, key }])),
  )
}

/** The setting after `id` got these keys. What equals the standard is not stored: later versions may change it. */
export function withKeys(id: CommandId, keys: readonly string[], chosen: ChosenKeys): ChosenKeys {
  const { [id]: _, ...others } = chosen
  const standard = commandSpec(id).keys
  const isStandard = keys.length === standard.length && keys.every((key, index) => key === standard[index])
  return isStandard ? others : { ...others, [id]: [...keys] }
}

/** Verbs by key, for the dispatcher: made once per change of the setting, asked with every key. */
export function indexKeys(chosen: ChosenKeys): ReadonlyMap<string, readonly CommandId[]> {
  const byKey = new Map<string, CommandId[]>()
  for (const id of COMMAND_IDS) {
    for (const key of keysOf(id, chosen)) byKey.set(key, [...(byKey.get(key) ?? []), id])
  }
  return byKey
}
