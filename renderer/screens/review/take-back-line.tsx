import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import type { LastDecision } from './use-decisions.ts'

/** `Lindqvist: approved 9 → 10`, visible until the decision has been sent. */
export function TakeBackLine({ last }: { readonly last: LastDecision | null }) {
  const t = useText()
  const dispatcher = useDispatcher()
  if (last === null) return <p className="min-h-8 py-1.5 text-dim">{t('review.nothingWaits')}</p>
  return (
    <div className="flex min-h-8 items-center justify-between gap-2 rounded-[5px] border border-line bg-bg px-2.5 py-1">
      <span className="line-clamp-2 min-w-0">
        {last.patientName}: {words(last, t)}
      </span>
      <button
        type="button"
        onClick={() => dispatcher.run('review.undo')}
        className="inline-flex min-h-6 shrink-0 items-center gap-1.5 text-dim hover:text-ink"
      >
        <CommandKeys id="review.undo" /> {t('review.takeBack')}
      </button>
    </div>
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
