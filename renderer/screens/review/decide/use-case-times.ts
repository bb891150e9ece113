import { useEffect, useLayoutEffect, useState } from 'react'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import { type CaseTimes, createCaseTimes } from './case-times.ts'

const TICK_MS = 1000

/** Feeds the clock of the case on screen with signs of life. Whoever shows it subscribes; nothing else renders for it. */
export function useCaseTimes(caseId: SessionId | undefined): CaseTimes {
  const [times] = useState(() => createCaseTimes(() => Date.now()))
  useLayoutEffect(() => times.begin(caseId), [times, caseId])
  useEffect(() => {
    const attention = () => times.setAttentive(document.visibilityState === 'visible' && document.hasFocus())
    const left = () => times.setAttentive(false)
    const touched = () => times.touched()
    attention()
    const timer = setInterval(() => times.tick(), TICK_MS)
    document.addEventListener('visibilitychange', attention)
    window.addEventListener('focus', attention)
    window.addEventListener('blur', left)
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', attention)
      window.removeEventListener('focus', attention)
      window.removeEventListener('blur', left)
      for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true })
    }
  }, [times])
  return times
}

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
