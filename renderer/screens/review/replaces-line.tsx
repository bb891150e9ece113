import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from '../../text/action-words.ts'
import type { Replacing } from './use-replacing.ts'

/** Says which refused decision the next one takes the place of. */
export function ReplacesLine({ replacing }: { readonly replacing: Replacing }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { action, readAtMs } = replacing.wanted
  return (
    <p className="flex items-baseline gap-1.5 rounded-[5px] border border-line px-3 py-2 text-13">
      <StatusDot tone="minor">{null}</StatusDot>
      <span className="min-w-0 break-words">
        {t('attention.replaces', { action: actionWords(action, t), when: times.clock(readAtMs, nowMs) })}
      </span>
    </p>
  )
}
