import { useSyncExternalStore } from 'react'
import { leftWords } from '../../../text/left.ts'
import { useText, useTimes } from '../../../text/text-context.tsx'
import type { CaseTimes } from './case-times.ts'

type Props = {
  readonly times: CaseTimes
  readonly index: number
  readonly total: number
  readonly budgetSeconds: number
}

/** `Case 12 of 47 · about 16 min left`, at this person's usual pace. */
export function BatchLeft({ times, index, total, budgetSeconds }: Props) {
  const t = useText()
  const words = useTimes()
  const usualMs = useSyncExternalStore(times.subscribe, () => times.usualMs(budgetSeconds))
  return (
    <span className="text-13 whitespace-nowrap text-dim tabular-nums">
      {t('review.caseOf', { index: index + 1, total })}
      <span className="max-[1400px]:hidden"> · {leftWords(usualMs * (total - index), t, words)}</span>
    </span>
  )
}
