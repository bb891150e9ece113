import { type KeyboardEvent, useState } from 'react'
import { findConflict, keysOf, withKeys } from '../../../commands/key-map.ts'
import { nameKeyPress } from '../../../commands/keys.ts'
import { findReserved, isModifier, type ReservedBecause } from '../../../commands/reserved-keys.ts'
import { type CommandId, commandSpec } from '../../../commands/table.ts'
import { useLiveState } from '../../../ports/live-state.tsx'

/** More are no help, and a row has no room for them. */
export const MOST_KEYS = 3

/** The row that waits for a key, and whether that key is one more. */
type Waiting = { readonly id: CommandId; readonly adds: boolean }
export type Refusal =
  | { readonly id: CommandId; readonly key: string; readonly because: ReservedBecause }
  | { readonly id: CommandId; readonly key: string; readonly takenBy: CommandId }

export type KeyChoice = ReturnType<typeof useKeyChoice>

/** Press-to-set: which verb waits for a key, what was refused and why, and what is stored. */
export function useKeyChoice(isMac: boolean) {
  const { settings, set } = useLiveState()
  const chosen = settings.keys
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [failed, setFailed] = useState(false)

  function save(value: typeof chosen) {
    setRefusal(null)
    set({ name: 'keys', value }).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  }
  function take({ id, adds }: Waiting, key: string) {
    const before = keysOf(id, chosen)
    save(withKeys(id, adds ? [...before.filter((other) => other !== key), key] : [key], chosen))
  }
  /** Every key of a row that waits: it must reach neither a verb nor the button under the focus. */
  function press(event: KeyboardEvent): void {
    if (waiting === null) return
    // Tab is let through: nobody is caught here. The row stops waiting when it loses the focus.
    if (event.key === 'Tab') return setWaiting(null)
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat || isModifier(event.key)) return
    if (event.key === 'Escape') return setWaiting(null)
    const { id } = waiting
    const isComposed = event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229
    const key = isComposed ? undefined : nameKeyPress(event.nativeEvent, isMac)
    const isOwn = key !== undefined && commandSpec(id).keys.includes(key)
    const because = isOwn ? undefined : findReserved(key)
    if (because !== undefined) return setRefusal({ id, key: key ?? event.key, because })
    const takenBy = key === undefined ? undefined : findConflict(id, key, chosen)
    if (key === undefined) return
    if (takenBy !== undefined) return setRefusal({ id, key, takenBy })
    setWaiting(null)
    take(waiting, key)
  }
  return {
    chosen,
    waiting,
    refusal,
    failed,
    press,
    wait(id: CommandId, adds: boolean) {
      setRefusal(null)
      setWaiting({ id, adds })
    },
    stop: () => {
      setWaiting(null)
      setRefusal(null)
    },
    clear: (id: CommandId) => save(withKeys(id, [], chosen)),
    reset: (id: CommandId) => save(withKeys(id, commandSpec(id).keys, chosen)),
    resetAll: () => save({}),
  }
}
