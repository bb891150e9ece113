import { useEffect, useState } from 'react'

/** This computer's clock, again every `everyMs`: keeps `3 min ago` true without a second timer per row. */
export function useNow(everyMs = 30_000): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
