import { CommandKeys } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { type Adjustments, isAdjusted } from '../../../viewer/adjustments.ts'

type Props = { readonly adjustments: Adjustments; readonly pinned: boolean; readonly onReset: () => void }

/** While a photo is not shown as it was taken it says so, and how to have it back. */
export function AdjustMark({ adjustments, pinned, onReset }: Props) {
  const t = useText()
  if (!isAdjusted(adjustments)) return null
  return (
    <button
      type="button"
      onClick={onReset}
      title={t('command.review.resetAdjustments')}
      className="pointer-events-auto flex items-center gap-1.5 rounded-[3px] bg-black/75 px-1.5 py-0.5 text-11 text-minor hover:bg-black"
    >
      <span aria-hidden>◐</span>
      {t(pinned ? 'compare.adjustedPinned' : 'compare.adjusted')} <CommandKeys id="review.resetAdjustments" />
    </button>
  )
}
