import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Read } from '../../../../server/contract/domain/reads.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { actionWords } from '../../../text/action-words.ts'
import { useText } from '../../../text/text-context.tsx'
import { findCarriedOut } from '../adjudicate/conflict.ts'
import type { Draft } from '../draft.ts'
import { REASON_ID } from '../element-ids.ts'

type Props = {
  readonly reviewCase: ReviewCase
  /** The own read that the next one takes the place of. */
  readonly corrected: Read
  readonly draft: Draft
  readonly onReason: (reason: string) => void
}

/** A decision that has left is corrected by a new read that says why. */
export function CorrectionField({ reviewCase, corrected, draft, onReason }: Props) {
  const t = useText()
  return (
    <section className="flex flex-col gap-1 rounded-[5px] border border-line px-3 py-2 text-13">
      <p className="break-words">{t('decide.correcting', { action: actionWords(corrected.action, t) })}</p>
      {findCarriedOut(reviewCase) !== undefined && <p className="text-11 text-dim">{t('decide.stands')}</p>}
      <label htmlFor={REASON_ID} className="text-11 text-dim">
        {t('decide.reason')}
      </label>
      <input
        id={REASON_ID}
        required
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
