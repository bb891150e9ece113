/** What the dispatcher needs of a keyboard event; the DOM's own fits. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  getModifierState(name: string): boolean
}

const LETTER = /^\p{L}$/u

/**
 * The table's name of a key press, or undefined when it must not start a command.
 * - Caps Lock does not matter; Shift does for letters and named keys, not for signs (`?` needs it on most layouts).
 * - AltGr types signs (`[` on a German keyboard) and must never pass for Ctrl+Alt: with it only signs count, bare.
 */
export function nameKeyPress(event: KeyPress, isMac: boolean): string | undefined {
  if (event.key === 'Dead' || event.key === 'Process' || event.key === 'Unidentified') return undefined
  const isSign = event.key.length === 1 && event.key !== ' ' && !LETTER.test(event.key)
  // Windows reports AltGr as Ctrl+Alt; some hosts leave the modifier state out.
  const isAltGr = event.getModifierState('AltGraph') || (!isMac && event.ctrlKey && event.altKey)
  if (isAltGr) return isSign ? event.key : undefined
  const mod = isMac ? event.metaKey : event.ctrlKey
  if (isMac ? event.ctrlKey : event.metaKey) return undefined
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  // Alt+1 types `¡` on a Mac: there the key's place counts, not its sign.
  const base = event.altKey && digit !== undefined ? digit : plainName(event.key)
  const shift = event.shiftKey && !(isSign && !event.altKey)
  return [mod ? 'Mod' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', base]
    .filter((part) => part !== '')
    .join('+')
}

/** The digit on a key that writes something else: a French keyboard writes digits with Shift only. */
export function digitByPlace(event: KeyPress): string | undefined {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
  return isPlain && event.key.length === 1 ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined
}

function plainName(key: string): string {
  if (key === ' ') return 'Space'
  return key.length === 1 ? key.toLowerCase() : key
}

/** A key without Mod or Alt that types a character: dead in text fields, and when single keys are switched off. */
export function isSingleKey(name: string): boolean {
  const base = name.startsWith('Shift+') ? name.slice('Shift+'.length) : name
  return /^.$/u.test(base)
}

/** Any key that a text field needs for itself: characters, Enter, arrows, Tab, Escape. Only Mod and Alt chords pass. */
export function belongsToTextField(name: string): boolean {
  return !name.startsWith('Mod+') && !name.startsWith('Alt+')
}

const CAPS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Backspace: '⌫',
}

/** `Mod+Shift+k` in its parts; the plus sign is a key too. */
export function keyParts(name: string): string[] {
  return name === '+' ? ['+'] : name.endsWith('++') ? [...name.slice(0, -2).split('+'), '+'] : name.split('+')
}

/** `Mod+k` as it is printed on key caps: `⌘ K` or `Ctrl K`. */
export function keyCaps(name: string, isMac: boolean): string[] {
  return keyParts(name).map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'Alt') return isMac ? '⌥' : 'Alt'
    if (part === 'Shift') return '⇧'
    return CAPS[part] ?? (part.length === 1 ? part.toUpperCase() : part)
  })
}
