import { Aligners } from '../../../server/contract/domain/views.ts'
import { useText } from '../../text/text-context.tsx'
import { type Draft, setAligners } from '../review/draft.ts'
import type { Review } from '../review/use-review.ts'

/** One below the other: the column is narrow, and the words are long in some languages. */
export function AlignersChoice({ draft, review }: { readonly draft: Draft; readonly review: Review }) {
  const t = useText()
  return (
    <div role="group" aria-label={t('review.aligners')} className="flex flex-col">
      {Aligners.options.map((value) => (
        <label key={value} className="flex min-h-6 items-center gap-2 text-13">
          <input
            type="radio"
            name="adjudicate-aligners"
            className="accent-accent"
            disabled={!review.canDecide}
            checked={draft.aligners === value}
            onChange={() => review.edit((was) => setAligners(was, value))}
          />
          {t(`review.aligners.${value}`)}
        </label>
      ))}
    </div>
  )
}
