import { useEffect, useState } from 'react'
import type { LaneCondition } from '../../../../server/contract/domain/practice-rules.ts'
import { usePort } from '../../../ports/port-context.tsx'

/** How many waiting scans a lane of these conditions would hold now; null until counted, and where it cannot be. */
export function useWouldHold(conditions: readonly LaneCondition[]): number | null {
  const port = usePort()
  const [held, setHeld] = useState<number | null>(null)
  useEffect(() => {
    let question = 0
    function ask() {
      question += 1
      const mine = question
      port.call('queue.wouldHold', { conditions: [...conditions] }).then(
        ({ count }) => mine === question && setHeld(count),
        // A figure that may be wrong is worse than none; the lane can be saved without it.
        () => mine === question && setHeld(null),
      )
    }
    ask()
    const end = port.on('store.changed', ask)
    return () => {
      question = -1
      end()
    }
  }, [port, conditions])
  return held
}
