import type { ChosenKeys } from '../../preload/contract/settings.ts'
import { createKeyLine, type LetGo, type MustWait } from './key-line.ts'
import { indexKeys } from './key-map.ts'
import { belongsToTextField, digitByPlace, isSingleKey, nameKeyPress } from './keys.ts'
import {
  COMMAND_IDS,
  type CommandId,
  commandSpec,
  type Context,
  type HandlersFor,
  type Hold,
  type Press,
} from './table.ts'

type Handler = Press | Hold
type Layer = { readonly context: Context; readonly find: (id: CommandId) => Handler | undefined }

export type DispatcherOptions = {
  readonly isMac: boolean
}

export type Dispatcher = ReturnType<typeof createDispatcher>

/** Turns keys into verbs. One per window; `CommandsProvider` feeds it the window's events. */
export function createDispatcher({ isMac }: DispatcherOptions) {
  let singleKeysOn = true
  let byKey = indexKeys({})
  const layers: Layer[] = []
  const listeners = new Set<() => void>()
  /** The key that started the last verb, while it is down. */
  let started: string | null = null
  let held: { readonly code: string; readonly hold: Hold } | null = null

  function findHandler(id: CommandId): Handler | undefined {
    return layers.findLast((layer) => layer.context === commandSpec(id).context)?.find(id)
  }
  function findByKey(name: string): CommandId | undefined {
    const here = (byKey.get(name) ?? []).filter((id) => findHandler(id) !== undefined)
    return here.find((id) => commandSpec(id).context !== 'global') ?? here[0]
  }
  /** What a key writes comes first; where that is no verb, the digit of its place. */
  function findByPress(event: KeyboardEvent, name: string): CommandId | undefined {
    const digit = digitByPlace(event)
    return findByKey(name) ?? (digit === undefined ? undefined : findByKey(digit))
  }
  const line = createKeyLine((event) => {
    const name = nameKeyPress(event, isMac)
    return name === undefined ? undefined : findByPress(event, name)
  })
  function announce() {
    for (const listener of listeners) listener()
  }
  function releaseHeld() {
    const was = held
    held = null
    was?.hold.release()
  }

  return {
    isMac,
    /** Setting `singleKeys`: it can change while the window is open. */
    setSingleKeys(on: boolean): void {
      singleKeysOn = on
    },
    /** Setting `keys`: what this person pressed for which verb. */
    setKeys(chosen: ChosenKeys): void {
      byKey = indexKeys(chosen)
    },
    /** For a screen that cannot take keys now; see `createKeyLine`. */
    hold: (waits: MustWait): LetGo => line.hold(waits),
    /** @returns a function that takes the handlers away again */
    register<C extends Context>(context: C, current: () => HandlersFor<C>): () => void {
      const layer: Layer = {
        context,
        // The layer is asked only for commands of its own context, whose handlers `HandlersFor<C>` holds.
        find: (id) => (current() as Readonly<Partial<Record<CommandId, Handler>>>)[id],
      }
      layers.push(layer)
      announce()
      return () => {
        releaseHeld()
        layers.splice(layers.indexOf(layer), 1)
        announce()
      }
    },
    /** Verbs that would do something now, in the table's order. */
    available: (): CommandId[] => COMMAND_IDS.filter((id) => findHandler(id) !== undefined),
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** From the palette or a button. A hold verb is pressed and let go. */
    run(id: CommandId): void {
      const handler = findHandler(id)
      if (typeof handler === 'function') handler()
      else if (handler !== undefined) {
        handler.press()
        handler.release()
      }
    },
    keyDown: (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
      // A held M opens a form whose field then has the focus: the rest of that press is no text.
      if (event.repeat && started === placeOf(event) && isInTextField(event)) return event.preventDefault()
      const name = nameKeyPress(event, isMac)
      if (name === undefined) return
      if (isTakenByFocus(event, name)) return void (!line.isEmpty() && line.takes(event, undefined))
      if (isSingleKey(name) && !singleKeysOn) return
      const id = findByPress(event, name)
      const handler = id === undefined ? undefined : findHandler(id)
      // A verb that lasts while its key is down has no other time than now.
      if (typeof handler !== 'object' && line.takes(event, id)) return
      if (id === undefined || handler === undefined) return
      if (event.repeat && !commandSpec(id).repeat) return event.preventDefault()
      // Pressed again from the line its key is up already.
      started = line.isPressing() ? null : placeOf(event)
      if (typeof handler === 'function') {
        if (handler() !== false) event.preventDefault()
        return
      }
      event.preventDefault()
      if (held !== null) return
      held = { code: event.code, hold: handler }
      handler.press()
    },
    keyUp: (event: KeyboardEvent): void => {
      if (started === placeOf(event)) started = null
      if (held?.code === event.code) releaseHeld()
    },
    /** The window lost the focus: no key-up will come. */
    blur: () => {
      started = null
      releaseHeld()
    },
  }
}

const TEXT_FIELD =
  'textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"], [type="file"])'
const PRESSABLE =
  'button, a[href], summary, input, [role="button"], [role="menuitem"], [role="option"], [role="switch"]'
const ARROW_OWNER = '[role="radiogroup"], [role="listbox"], [role="menu"], [role="tablist"], [role="slider"], input'
/** Owns left and right alone, and says so; up and down are verbs there too. */
const SIDEWAYS = '[aria-orientation="horizontal"]'

/** A key by its place; tests and some hosts know no place. */
function placeOf({ code, key }: KeyboardEvent): string {
  return code === '' ? key : code
}

function isInTextField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(TEXT_FIELD) !== null
}

/** True when the element under the focus, or an open dialog, needs this key for itself. */
function isTakenByFocus(event: KeyboardEvent, name: string): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (document.querySelector('[data-modal]') !== null) return true
  if (target === null) return false
  if (target.closest(TEXT_FIELD) !== null) return belongsToTextField(name)
  if ((name === 'Enter' || name === 'Space') && target.closest(PRESSABLE) !== null) return true
  const owner = name.startsWith('Arrow') ? target.closest(ARROW_OWNER) : null
  if (owner === null) return false
  return !(owner.matches(SIDEWAYS) && (name === 'ArrowUp' || name === 'ArrowDown'))
}
