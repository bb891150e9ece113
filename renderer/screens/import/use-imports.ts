import { useCallback, useEffect, useState } from 'react'
import type { ImportProgress } from '../../../preload/contract/import.ts'
import { usePort } from '../../ports/port-context.tsx'

/** Running and past imports of this computer, newest first, kept true by the host's events. */
export function useImports(): { imports: readonly ImportProgress[]; put: (progress: ImportProgress) => void } {
  const port = usePort()
  const [imports, setImports] = useState<readonly ImportProgress[]>([])
  const put = useCallback((progress: ImportProgress) => setImports((before) => withProgress(before, progress)), [])
  useEffect(() => {
    let gone = false
    const end = port.on('import.progress', put)
    port.call('import.list').then(
      (list) => !gone && setImports(list),
      // An unreadable list shows as none; starting an import says what is wrong.
      () => undefined,
    )
    return () => {
      gone = true
      end()
    }
  }, [port, put])
  return { imports, put }
}

function withProgress(before: readonly ImportProgress[], progress: ImportProgress): readonly ImportProgress[] {
  const isKnown = before.some((other) => other.sessionId === progress.sessionId)
  if (!isKnown) return [progress, ...before]
  return before.map((other) => (other.sessionId === progress.sessionId ? progress : other))
}
