import { useEffect, useRef, useState } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { usePort } from '../../ports/port-context.tsx'

export type Entries = {
  /** Null until the first answer. */
  readonly entries: readonly AttentionEntry[] | null
  readonly failed: boolean
  readonly reload: () => void
}

/** The signed-in person's own entries, read again whenever the counts or the rows behind them change. */
export function useEntries(): Entries {
  const port = usePort()
  const [entries, setEntries] = useState<readonly AttentionEntry[] | null>(null)
  const [failed, setFailed] = useState(false)
  const ask = useRef<() => void>(() => undefined)

  useEffect(() => {
    /** Counts questions; the answer to an earlier one is dropped. */
    let question = 0
    ask.current = () => {
      question += 1
      const mine = question
      const answered = (found: readonly AttentionEntry[] | null) => {
        if (mine !== question) return
        if (found !== null) setEntries(found)
        setFailed(found === null)
      }
      port.call('attention.list').then(answered, () => answered(null))
    }
    ask.current()
    const ends = [port.on('store.changed', () => ask.current()), port.on('sync.status', () => ask.current())]
    return () => {
      question = -1
      ends.forEach((end) => end())
    }
  }, [port])
  return { entries, failed, reload: () => ask.current() }
}
