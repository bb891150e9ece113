import { useEffect, useState } from 'react'
import type { CallOutput } from '../../preload/contract/ipc.ts'
import type { Port } from '../ports/bridge.ts'
import { afterPaint } from '../viewer/after-paint.ts'

export type Presence = CallOutput<'review.presence'>
export const NOBODY: Presence = []

/** Who else of the practice has which case open. Advisory: it locks nothing. */
export function usePresence(port: Port): Presence {
  const [all, setAll] = useState(NOBODY)
  useEffect(() => {
    /** The answer to an earlier question is dropped. */
    let question = 0
    function ask() {
      question += 1
      const mine = question
      // Without an answer nobody is shown: better than somebody who left long ago.
      port.call('review.presence').then(
        (found) => mine === question && setAll(found),
        () => mine === question && setAll(NOBODY),
      )
    }
    // Nothing that is on screen at once: the photos of a case that opens are asked for first.
    const callOff = afterPaint(ask)
    const end = port.on('presence.changed', ask)
    return () => {
      question = -1
      callOff()
      end()
    }
  }, [port])
  return all
}
