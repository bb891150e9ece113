import { useEffect, useState } from 'react'

/** Nothing under 300 ms: a flash of grey is worse than an empty moment. */
export const SKELETON_AFTER_MS = 300

/** True once `waiting` has lasted longer than 300 ms. */
export function useIsSlow(waiting: boolean, afterMs = SKELETON_AFTER_MS): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) return undefined
    const timer = setTimeout(() => setSlow(true), afterMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [waiting, afterMs])
  return waiting && slow
}

/** A bar with the shape of what will come. */
export function Skeleton({ className = 'h-3 w-24' }: { readonly className?: string }) {
  return <span aria-hidden className={`block rounded-[3px] bg-raised ${className}`} />
}
