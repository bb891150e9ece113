import type { CommandId } from './table.ts'

/** Whether this verb has to wait; undefined for a key without a verb here, which may have one on the screen to come. */
export type MustWait = (id: CommandId | undefined) => boolean
/** `press`: what waited is pressed now. `drop`: what it was meant for will not come. */
export type LetGo = (then: 'press' | 'drop') => void

export type KeyLine = ReturnType<typeof createKeyLine>

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'])

/**
 * Keys that come while a screen cannot take them (a case is being read, a decision is being saved) stand in line and are
 * pressed again afterwards, in their order and as they were: none is lost, and none does its verb to the case before.
 * @param findId the verb of a key as things are now
 */
export function createKeyLine(findId: (event: KeyboardEvent) => CommandId | undefined) {
  const holders = new Set<{ readonly waits: MustWait }>()
  const line: KeyboardEvent[] = []
  let pressing = false
  let scheduled = false

  const mustWait = (id: CommandId | undefined) => [...holders].some(({ waits }) => waits(id))
  /** One key a task: what it opens, and where it leads the focus, is there for the next one. */
  function schedule() {
    if (scheduled || line.length === 0) return
    scheduled = true
    setTimeout(() => {
      scheduled = false
      const next = line[0]
      if (next === undefined || mustWait(findId(next))) return
      line.shift()
      pressAgain(next)
      schedule()
    })
  }
  function pressAgain(event: KeyboardEvent) {
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
    const modifierAltGraph = event.getModifierState('AltGraph')
    const init = { key, code, ctrlKey, metaKey, altKey, shiftKey, modifierAltGraph, bubbles: true, cancelable: true }
    const again = new KeyboardEvent('keydown', init)
    const target = document.activeElement ?? document.body
    pressing = true
    try {
      target.dispatchEvent(again)
    } finally {
      pressing = false
    }
    // A made-up key writes nothing by itself. In a field that an earlier key of the line opened, a letter is a letter.
    const isLetter = key.length === 1 && !ctrlKey && !metaKey && !altKey
    if (isLetter && !again.defaultPrevented && target.matches('input, textarea'))
      document.execCommand('insertText', false, key)
  }

  return {
    /** Until it is let go, verbs for which `waits` says so stand in line, and whatever is pressed after them. */
    hold(waits: MustWait): LetGo {
      const holder = { waits }
      holders.add(holder)
      return (then) => {
        holders.delete(holder)
        if (then === 'drop') line.length = 0
        schedule()
      }
    },
    isPressing: () => pressing,
    isEmpty: () => line.length === 0,
    /** @returns whether the key stands in line now */
    takes(event: KeyboardEvent, id: CommandId | undefined): boolean {
      if (pressing || MODIFIERS.has(event.key) || (line.length === 0 && !mustWait(id))) return false
      event.preventDefault()
      // Holding a key down while nothing can happen must not make it happen many times.
      if (!event.repeat) line.push(event)
      return true
    },
  }
}
