import { useEffect, useState } from 'react'
import type { Port } from './bridge.ts'

/**
 * What this computer knows of the practice as a whole, kept true while it is shown.
 * @param ask one function for good: another one asks anew
 * @param start what holds until there is an answer, and without one
 */
export function usePracticeWide<T>(port: Port, ask: (port: Port) => Promise<T>, start: T): T {
  const [known, setKnown] = useState(start)
  useEffect(() => {
    let gone = false
    const again = () =>
      void ask(port).then(
        (found) => !gone && setKnown(() => found),
        () => undefined,
      )
    again()
    const end = port.on('store.changed', ({ practice }) => practice && again())
    return () => {
      gone = true
      end()
    }
  }, [port, ask])
  return known
}
