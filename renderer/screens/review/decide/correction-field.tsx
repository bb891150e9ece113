import type { Draft } from '../../../../preload/contract/draft.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { actionWords } from '../../../text/action-words.ts'
import { useText } from '../../../text/text-context.tsx'
import { REASON_ID } from '../element-ids.ts'
import type { Standing } from './correction.ts'

type Props = {
  readonly standing: Standing
  readonly draft: Draft
  readonly onReason: (reason: string) => void
}

/** What stands for the patient, and, for whoever may put another action in its place, why they do. */
export function CorrectionField({ standing: { action, correct, isHere }, draft, onReason }: Props) {
  const t = useText()
  const words = actionWords(action.action, t)
  if (correct === 'never')
    return <p className="rounded-[5px] border border-line px-3 py-2 text-11 text-dim">{t('decide.stands')}</p>
  const must = correct === 'must'
  return (
    <section className="flex flex-col gap-1 rounded-[5px] border border-line px-3 py-2 text-13">
      {must && <p className="break-words">{t(isHere ? 'decide.replacing' : 'decide.correcting', { action: words })}</p>}
      <p className="text-11 text-dim">{t(must ? 'decide.takesPlace' : 'adjudicate.mayTakePlace', { action: words })}</p>
      <label htmlFor={REASON_ID} className="text-11 text-dim">
        {t('decide.reason')}
      </label>
      <input
        id={REASON_ID}
        required={must}
        maxLength={300}
        autoComplete="off"
        value={draft.reason ?? ''}
        onChange={(event) => onReason(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && focusScreen()}
        className="h-7 w-full rounded-[5px] border border-line bg-bg px-2 text-13 text-ink"
      />
    </section>
  )
}
