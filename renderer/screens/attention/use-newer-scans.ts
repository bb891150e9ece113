import { useEffect, useState } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import { usePort } from '../../ports/port-context.tsx'

const MAX_SCANS = 100

/** Scans of the same patient that came after this one, oldest first; null until known. From this computer's rows alone. */
export function useNewerScans(scan: AttentionEntry['scan']): readonly QueueRow[] | null {
  const port = usePort()
  const [found, setFound] = useState<{ readonly of: string; readonly rows: readonly QueueRow[] } | null>(null)
  const { sessionId, reference } = scan ?? { sessionId: null, reference: '' }
  useEffect(() => {
    if (sessionId === null) return undefined
    let question = 0
    function ask() {
      question += 1
      const mine = question
      const query = { lane: 'all', sort: 'submitted', descending: true, search: reference } as const
      port.call('queue.page', { ...query, offset: 0, limit: MAX_SCANS }).then(
        ({ rows }) => mine === question && setFound({ of: sessionId ?? '', rows }),
        // Unknown is what is shown before the first answer too; the entry itself says what matters most.
        () => undefined,
      )
    }
    ask()
    const end = port.on('store.changed', ask)
    return () => {
      question = -1
      end()
    }
  }, [port, sessionId, reference])
  if (found === null || found.of !== sessionId) return null
  const own = found.rows.find((row) => row.sessionId === sessionId)
  if (own === undefined) return null
  return found.rows
    .filter((row) => row.patientId === own.patientId && row.submittedAtMs > own.submittedAtMs)
    .toSorted((a, b) => a.submittedAtMs - b.submittedAtMs)
}
