import { useEffect, useState } from 'react'
import type { PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import { usePort } from '../../ports/port-context.tsx'

/** The practice's own lanes in their order; null until first known. */
export function useOwnLanes(): readonly PracticeLane[] | null {
  const port = usePort()
  const [lanes, setLanes] = useState<readonly PracticeLane[] | null>(null)
  useEffect(() => {
    let question = 0
    function ask() {
      question += 1
      const mine = question
      port.call('rules.get').then(
        (rules) => mine === question && setLanes(rules.lanes),
        // The lanes that every practice has are there without it; the old ones are no worse than none.
        () => undefined,
      )
    }
    ask()
    const end = port.on('store.changed', ({ practice }) => {
      if (practice) ask()
    })
    return () => {
      question = -1
      end()
    }
  }, [port])
  return lanes
}
