import { useEffect, useMemo, useRef, useState } from 'react'
import { FOLLOW_CHANNEL, type FromFollower, FromMain, type Shown } from '../screens/review/compare/follow-messages.ts'
import type { PairStore } from '../screens/review/compare/pair-store.ts'

/** What the main window has on screen, as it says it; null while no case is open there. */
export function useFollowed(pairs: PairStore) {
  const [shown, setShown] = useState<Shown | null>(null)
  const channel = useRef<BroadcastChannel | null>(null)
  const tell = useMemo(() => (message: FromFollower) => channel.current?.postMessage(message), [])
  useEffect(() => {
    const opened = new BroadcastChannel(FOLLOW_CHANNEL)
    channel.current = opened
    opened.addEventListener('message', (event: MessageEvent<unknown>) => {
      const { data: message } = FromMain.safeParse(event.data)
      if (message?.kind === 'shown') setShown(message.shown)
      if (message?.kind === 'pair') pairs.learn(message.known)
    })
    opened.postMessage({ kind: 'hello' } satisfies FromFollower)
    return () => {
      channel.current = null
      opened.close()
    }
  }, [pairs])
  return { shown, tell }
}

/** Every key of this window is the main window's. Tab stays here: it moves the focus among what is here. */
export function useForwardedKeys(tell: (message: FromFollower) => void) {
  useEffect(() => {
    const forward = (event: KeyboardEvent) => {
      const isOwn = event.key === 'Tab' || event.defaultPrevented || event.isComposing
      const isPressing = (event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLButtonElement
      if (isOwn || isPressing) return
      const { key, code, repeat, ctrlKey, altKey, shiftKey, metaKey } = event
      const type = event.type === 'keyup' ? 'keyup' : 'keydown'
      const altGraph = event.getModifierState('AltGraph')
      tell({ kind: 'key', pressed: { type, key, code, repeat, ctrlKey, altKey, shiftKey, metaKey, altGraph } })
      // Space would scroll, `/` would search in the page.
      if (!ctrlKey && !metaKey && !altKey) event.preventDefault()
    }
    window.addEventListener('keydown', forward)
    window.addEventListener('keyup', forward)
    return () => {
      window.removeEventListener('keydown', forward)
      window.removeEventListener('keyup', forward)
    }
  }, [tell])
}
