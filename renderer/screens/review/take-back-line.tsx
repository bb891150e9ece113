import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import type { CommandId } from '../../commands/table.ts'
import type { TextKey } from '../../text/table.ts'
import { useText } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Countdown, CountdownBar } from './decide/countdown.tsx'
import type { LastDecision } from './use-decisions.ts'

type Props = {
  readonly last: LastDecision | null
  /** The one before, which can be taken back no more. */
  readonly gone: LastDecision | null
}

/** `Lindqvist: approved 9 → 10, leaves in 7 s`; once it has left, the way to correct it. Always of the same height. */
export function TakeBackLine({ last, gone }: Props) {
  const t = useText()
  if (last === null && gone === null)
    return <p className="flex h-13.5 items-center text-dim">{t('review.nothingWaits')}</p>
  const decision = last ?? gone
  if (decision === null) return null
  const { releasesAtMs, graceMs, decided, patientName } = decision
  const what = `${patientName}: ${words(decision, t)}`
  return (
    <div className="relative overflow-hidden rounded-[5px] border border-line bg-bg px-2.5 py-1">
      <p className={`truncate ${last === null ? 'text-dim' : ''}`} title={what}>
        {what}
      </p>
      <div className="flex min-h-6 items-center justify-between gap-2">
        <p className="flex min-w-0 items-center gap-x-2 text-11 whitespace-nowrap text-dim">
          {last === null && t('decide.leftWords')}
          {last !== null && releasesAtMs !== null && <Countdown releasesAtMs={releasesAtMs} graceMs={graceMs} />}
          {decided?.hasty === true && (
            <span className="min-w-0" title={t('decide.hasty')}>
              <StatusDot tone="minor" truncate>
                {t('decide.hasty')}
              </StatusDot>
            </span>
          )}
        </p>
        {last === null ? (
          <LineVerb id="review.correctLast" words="decide.correct" />
        ) : (
          <LineVerb id="review.undo" words="review.takeBack" />
        )}
      </div>
      {last !== null && releasesAtMs !== null && <CountdownBar releasesAtMs={releasesAtMs} graceMs={graceMs} />}
    </div>
  )
}

export function LineVerb({ id, words }: { readonly id: CommandId; readonly words: TextKey }) {
  const t = useText()
  const dispatcher = useDispatcher()
  return (
    <button
      type="button"
      onClick={() => dispatcher.run(id)}
      className="inline-flex min-h-6 shrink-0 items-center gap-1.5 text-dim hover:text-ink [@media(max-height:800px)]:min-h-5"
    >
      <CommandKeys id={id} /> {t(words)}
    </button>
  )
}

function words({ decided }: LastDecision, t: ReturnType<typeof useText>): string {
  if (decided === null) return t('review.decided')
  const { action, fromStage } = decided
  const word = t(`action.${action.kind}`)
  if (action.kind === 'approve_progression')
    return `${word} ${fromStage === null ? '' : `${fromStage} `}→ ${action.toStage}`
  if (action.kind === 'hold_aligner') return `${word} ${t('review.days', { count: action.days })}`
  return word
}
