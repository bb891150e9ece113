import { useEffect } from 'react'
import { onSignOfLife } from './sign-of-life.ts'

const LOOK_EVERY_MS = 5000

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
    const endSigns = onSignOfLife(seen)
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      endSigns()
    }
  }, [minutes, lock])
}
