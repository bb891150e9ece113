import { keyParts } from './keys.ts'

/**
 * Why a key cannot be given to a verb.
 * - `leaves`: Escape and Tab lead out of fields and lists; whoever gave them away could not get out
 * - `presses`: Enter and Space press whatever has the focus
 * - `edits`: copy, paste and their like, which text fields need
 * - `window`: the window, the browser or the system take it first
 * - `none`: no key that a verb can have (a modifier alone, a dead key, an input method)
 */
export type ReservedBecause = 'leaves' | 'presses' | 'edits' | 'window' | 'none'

const RESERVED: Readonly<Record<string, ReservedBecause>> = {
  Escape: 'leaves',
  'Shift+Escape': 'leaves',
  Tab: 'leaves',
  'Shift+Tab': 'leaves',
  Enter: 'presses',
  'Shift+Enter': 'presses',
  Space: 'presses',
  'Shift+Space': 'presses',
}

const EDITS = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'ArrowLeft', 'ArrowRight', 'Backspace', 'Delete', 'Home', 'End'])
const WINDOW = new Set(['F1', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'ContextMenu', 'PrintScreen', 'Pause'])
/** With Ctrl or Cmd: tabs, find, print, reload, zoom and their like. */
const WINDOW_MOD = new Set([
  ...'d e f g h i j l m n o p q r s t u w 0 1 2 3 4 5 6 7 8 9 + - = ,'.split(' '),
  'Tab',
  'PageUp',
  'PageDown',
])
const WINDOW_MOD_SHIFT = new Set([...'a b c d i j m n o p q r t v w + -'.split(' '), 'Tab', 'Delete'])
/** With Alt: the window's menus, the system's switch, back and forward. */
const WINDOW_ALT = new Set(['Tab', 'F4', 'Space', 'Enter', 'Escape', 'ArrowLeft', 'ArrowRight', 'Home', 'd', 'e', 'f'])
const MODIFIERS = new Set(
  'Shift Control Alt AltGraph Meta OS CapsLock NumLock ScrollLock Fn FnLock Hyper Super'.split(' '),
)

/** @param name as `nameKeyPress` gives it; a verb's own standard keys are never asked about */
export function findReserved(name: string | undefined): ReservedBecause | undefined {
  if (name === undefined) return 'none'
  const known = RESERVED[name]
  if (known !== undefined) return known
  const base = keyParts(name).at(-1) ?? name
  if (isModifier(base)) return 'none'
  if (WINDOW.has(base) || name.startsWith('Mod+Alt+')) return 'window'
  if (name.startsWith('Mod+Shift+')) return WINDOW_MOD_SHIFT.has(base) ? 'window' : undefined
  if (name.startsWith('Mod+')) return EDITS.has(base) ? 'edits' : WINDOW_MOD.has(base) ? 'window' : undefined
  return name.startsWith('Alt+') && WINDOW_ALT.has(base) ? 'window' : undefined
}

/** A key that does nothing alone: while it is down, the press is not over. */
export function isModifier(key: string): boolean {
  return MODIFIERS.has(key)
}
