import type { Presence } from '../../../patient/use-presence.ts'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'

type Props = { readonly presence: Presence; readonly nowMs: number }

/** Who else has this case open. It locks nothing. */
export function PresenceMark({ presence, nowMs }: Props) {
  const t = useText()
  const times = useTimes()
  if (presence.length === 0) return null
  const names = presence.map(({ name }) => name).join(', ')
  const since = presence.map(({ name, sinceMs }) => `${name}, ${times.ago(sinceMs, nowMs)}`).join('; ')
  return (
    <span role="status" title={since} className="max-w-64 min-w-36 shrink overflow-hidden text-11">
      <StatusDot tone="flag" truncate>
        {t('decide.openBy', { names })}
      </StatusDot>
    </span>
  )
}
