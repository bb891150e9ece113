import type { Draft } from '../../../../preload/contract/draft.ts'
import { Aligners } from '../../../../server/contract/domain/views.ts'
import { useText } from '../../../text/text-context.tsx'
import { setAligners } from '../draft.ts'
import type { Review } from '../use-review.ts'

type Props = {
  readonly draft: Draft
  readonly review: Review
  /** One below the other, in the narrow third column. */
  readonly stacked: boolean
}

export function AlignersChoice({ draft, review, stacked }: Props) {
  const t = useText()
  return (
    <div
      role="group"
      aria-label={t('review.aligners')}
      className={`flex gap-x-6 ${stacked ? 'flex-col' : 'flex-wrap'}`}
    >
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
