import { useText } from '../../../text/text-context.tsx'
import { useNow } from '../../../ui/use-now.ts'

type Props = { readonly releasesAtMs: number; readonly graceMs: number }

/** Often enough that a second is shown for a second. */
const TICK_MS = 250

function useSecondsLeft({ releasesAtMs, graceMs }: Props) {
  const leftMs = Math.max(0, releasesAtMs - useNow(TICK_MS))
  return { seconds: Math.ceil(leftMs / 1000), ofSeconds: Math.max(1, Math.ceil(graceMs / 1000)) }
}

/** `leaves in 7 s`. Its place is as wide as the first figure from the start. */
export function Countdown(props: Props) {
  const t = useText()
  const { seconds, ofSeconds } = useSecondsLeft(props)
  if (seconds === 0) return <span>{t('decide.leaving')}</span>
  return (
    <span
      role="timer"
      aria-live="off"
      title={t('decide.leavesAlso')}
      className="inline-grid whitespace-nowrap tabular-nums"
    >
      <span className="col-start-1 row-start-1">{t('decide.leavesIn', { seconds })}</span>
      <span aria-hidden className="invisible col-start-1 row-start-1">
        {t('decide.leavesIn', { seconds: ofSeconds })}
      </span>
    </span>
  )
}

/** The same as a line that gets shorter by a step a second: nothing glides, and with reduced motion it is not there. */
export function CountdownBar(props: Props) {
  const { seconds, ofSeconds } = useSecondsLeft(props)
  const share = Math.min(1, seconds / ofSeconds)
  return (
    <span
      aria-hidden
      className="absolute bottom-0 left-0 h-0.5 bg-accent motion-reduce:hidden"
      style={{ width: `${share * 100}%` }}
    />
  )
}
