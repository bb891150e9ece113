import { useEffect, useState } from 'react'
import type { LaneCounts } from '../../../preload/contract/queue.ts'
import { usePort } from '../../ports/port-context.tsx'

/** Number of scans in each lane for the words being searched; null until first known. */
export function useCounts(search: string): LaneCounts | null {
  const port = usePort()
  const [counts, setCounts] = useState<LaneCounts | null>(null)
  useEffect(() => {
    let question = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    function ask() {
      question += 1
      const mine = question
      port.call('queue.counts', { search }).then(
        (found) => mine === question && setCounts(found),
        // The table asks the same store and shows its failure; the old counts are no worse than none.
        () => undefined,
      )
    }
    ask()
    const end = port.on('store.changed', () => {
      clearTimeout(timer)
      timer = setTimeout(ask, 120)
    })
    return () => {
      question = -1
      clearTimeout(timer)
      end()
    }
  }, [port, search])
  return counts
}
