import { useEffect } from 'react'
import type { FromFollower } from '../screens/review/compare/follow-messages.ts'

/** Often enough for a clock of seconds. */
const AT_MOST_EVERY_MS = 1000
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Who works in this window works on the case: the main window hears of it, and when the window is left. */
export function useTellAlive(tell: (message: FromFollower) => void) {
  useEffect(() => {
    let toldMs = Number.NEGATIVE_INFINITY
    const here = () => {
      if (!document.hasFocus() || performance.now() - toldMs < AT_MOST_EVERY_MS) return
      toldMs = performance.now()
      tell({ kind: 'alive', isHere: true })
    }
    const gone = () => {
      toldMs = Number.NEGATIVE_INFINITY
      tell({ kind: 'alive', isHere: false })
    }
    for (const sign of SIGNS) window.addEventListener(sign, here, { passive: true, capture: true })
    window.addEventListener('focus', here)
    window.addEventListener('blur', gone)
    window.addEventListener('pagehide', gone)
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, here, { capture: true })
      window.removeEventListener('focus', here)
      window.removeEventListener('blur', gone)
      window.removeEventListener('pagehide', gone)
    }
  }, [tell])
}
