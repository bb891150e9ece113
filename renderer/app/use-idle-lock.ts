import { useEffect } from 'react'

const LOOK_EVERY_MS = 5000
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/**
 * Calls `lock` once nobody has touched keyboard or pointer for `minutes` (45 CFR 164.312(a)(2)(iii), automatic logoff).
 * The clock is read, not counted: a computer that slept, or a window whose timers the system slowed down, is late by
 * no more than one look.
 */
export function useIdleLock(minutes: number, lock: () => void): void {
  useEffect(() => {
    let lastMs = Date.now()
    const look = () => {
      if (Date.now() - lastMs >= minutes * 60_000) lock()
    }
    const seen = () => {
      look() // the first touch after a long absence is not yet that person's
      lastMs = Date.now()
    }
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, seen, { capture: true, passive: true })
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, seen, { capture: true })
    }
  }, [minutes, lock])
}
