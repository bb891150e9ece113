import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ChosenKeys } from '../../preload/contract/settings.ts'
import { useText } from '../text/text-context.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import type { LetGo, MustWait } from './key-line.ts'
import { keysOf } from './key-map.ts'
import { keyCaps } from './keys.ts'
import type { CommandId, Context, HandlersFor } from './table.ts'

const DispatcherContext = createContext<Dispatcher | null>(null)
const NO_OWN_KEYS: ChosenKeys = {}
const KeysContext = createContext<ChosenKeys>(NO_OWN_KEYS)

type Props = { readonly singleKeys: boolean; readonly keys?: ChosenKeys; readonly children: ReactNode }

/** Listens at the window, gives the verbs to whoever registered them, and brings the focus back after the mouse. */
export function CommandsProvider({ singleKeys, keys = NO_OWN_KEYS, children }: Props) {
  const [dispatcher] = useState(() => createDispatcher({ isMac: navigator.platform.startsWith('Mac') }))
  useLayoutEffect(() => dispatcher.setSingleKeys(singleKeys), [dispatcher, singleKeys])
  useLayoutEffect(() => dispatcher.setKeys(keys), [dispatcher, keys])
  useEffect(() => {
    window.addEventListener('keydown', dispatcher.keyDown)
    window.addEventListener('keyup', dispatcher.keyUp)
    window.addEventListener('blur', dispatcher.blur)
    window.addEventListener('click', returnFocus)
    return () => {
      window.removeEventListener('keydown', dispatcher.keyDown)
      window.removeEventListener('keyup', dispatcher.keyUp)
      window.removeEventListener('blur', dispatcher.blur)
      window.removeEventListener('click', returnFocus)
    }
  }, [dispatcher])
  return (
    <DispatcherContext value={dispatcher}>
      <KeysContext value={keys}>{children}</KeysContext>
    </DispatcherContext>
  )
}

const KEEPS_FOCUS = 'input, textarea, select, [contenteditable], [role="combobox"], [data-modal], [data-keeps-focus]'

/** A click with the mouse (its `detail` counts clicks; 0 is the keyboard) leaves the focus on the screen, not on a button. */
function returnFocus(event: MouseEvent): void {
  if (event.detail === 0) return
  queueMicrotask(() => {
    if (document.activeElement?.closest(KEEPS_FOCUS) != null || document.querySelector('[data-modal]') !== null) return
    focusScreen()
  })
}

/** Gives the focus to the screen itself, the element marked `data-command-root`. */
export function focusScreen(): void {
  const screen = document.querySelector<HTMLElement>('[data-command-root]')
  // Asking for a focus that is there already would still have the whole page laid out at once.
  if (screen !== document.activeElement) screen?.focus({ preventScroll: true })
}

/** A key brought the person to this screen, and what had the focus is gone: the screen takes it. */
export function useFocusOnOpen(): void {
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusScreen()
  }, [])
}

export function useDispatcher(): Dispatcher {
  const dispatcher = useContext(DispatcherContext)
  if (dispatcher === null) throw new Error('useDispatcher needs a CommandsProvider above it')
  return dispatcher
}

/** Offers a screen's verbs while it is mounted. The latest handlers count; nothing needs to be memoised. */
export function useCommands<C extends Context>(context: C, handlers: HandlersFor<C>): void {
  const dispatcher = useDispatcher()
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })
  // With the very frame that shows the screen: a key that is pressed at its sight is not the former screen's.
  useLayoutEffect(() => dispatcher.register(context, () => latest.current), [dispatcher, context])
}

/**
 * While `busy`, verbs for which `waits` says so wait; then they are pressed, in the order in which they were.
 * @param failed what they were meant for did not come: they are dropped
 */
export function useHeldKeys(busy: boolean, failed: boolean, waits: MustWait): void {
  const dispatcher = useDispatcher()
  const held = useRef<LetGo | null>(null)
  useLayoutEffect(() => {
    if (busy === (held.current !== null)) return
    held.current?.(failed ? 'drop' : 'press')
    held.current = busy ? dispatcher.hold(waits) : null
  })
  useLayoutEffect(() => () => held.current?.('drop'), [])
}

/** A dialog was asked for and its content is on the way: what is typed is meant for it, not for the screen behind. */
export function useKeysForDialog(isComing: boolean): void {
  useHeldKeys(isComing, false, every)
}
const every: MustWait = () => true

/** Verbs that would do something now; renders again when a screen comes or goes. */
export function useAvailableCommands(): readonly CommandId[] {
  const dispatcher = useDispatcher()
  const joined = useSyncExternalStore(dispatcher.onChange, () => dispatcher.available().join(' '))
  return joined === '' ? [] : (joined.split(' ') as CommandId[])
}

/** The keys of every verb for this person. */
export function useKeysOf(): (id: CommandId) => readonly string[] {
  const chosen = useContext(KeysContext)
  return (id) => keysOf(id, chosen)
}

/** The key caps of a verb: this person's own keys, else the table's; nothing for a verb without one. */
export function CommandKeys({ id, all = false }: { readonly id: CommandId; readonly all?: boolean }) {
  const keys = useKeysOf()(id)
  return <KeyCaps keys={all ? keys : keys.slice(0, 1)} />
}

export function KeyCaps({ keys }: { readonly keys: readonly string[] }) {
  const { isMac } = useDispatcher()
  const t = useText()
  return (
    <span className="inline-flex items-center gap-1">
      {keys.map((key, i) => (
        <span key={key} className="inline-flex items-center gap-0.5">
          {i > 0 && <span className="px-1 text-dim">{t('common.or')}</span>}
          {keyCaps(key, isMac).map((cap) => (
            <KeyCap key={cap}>{cap === 'Space' ? t('common.spaceKey') : cap}</KeyCap>
          ))}
        </span>
      ))}
    </span>
  )
}
