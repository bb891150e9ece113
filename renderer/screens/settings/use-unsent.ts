import { useEffect, useState } from 'react'
import type { UnsentWork } from '../../../preload/contract/outbox-file.ts'
import { usePort } from '../../ports/port-context.tsx'

/** What waits here by author, one's own first; null until known. Asked again whenever the sync says something. */
export function useUnsent(): readonly UnsentWork[] | null {
  const port = usePort()
  const [unsent, setUnsent] = useState<readonly UnsentWork[] | null>(null)
  useEffect(() => {
    let gone = false
    // Without an answer the count that is on every screen stands.
    const ask = () =>
      void port.call('outbox.unsent').then(
        (found) => !gone && setUnsent(found),
        () => undefined,
      )
    ask()
    const end = port.on('sync.status', ask)
    return () => {
      gone = true
      end()
    }
  }, [port])
  return unsent
}
