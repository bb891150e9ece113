import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { CommandKeys, useDispatcher } from '../../../commands/commands-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { findLastTags } from './same-as-last.ts'
import { useDetailLabel } from './vocabulary.tsx'

type Props = { readonly reviewCase: ReviewCase; readonly readOnly: boolean }

/** The last tag set of this patient, and one key that fills it in. It decides nothing. */
export function LastTags({ reviewCase, readOnly }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const dispatcher = useDispatcher()
  const detailLabel = useDetailLabel()
  const last = findLastTags(reviewCase)
  if (last === undefined) return null
  return (
    // In a low window the fields need the place; the verb keeps its key, and each score says its last value.
    <section className="px-1.5 text-13 [@media(max-height:760px)]:hidden">
      <div className="flex items-center justify-between gap-2">
        <h2 className="min-w-0 truncate text-11 font-semibold text-dim">
          {t('decide.lastTime', { day: times.day(last.capturedOn, nowMs), name: last.readerName })}
        </h2>
        {!readOnly && (
          <button
            type="button"
            onClick={() => dispatcher.run('review.sameAsLast')}
            className="inline-flex min-h-6 shrink-0 items-center gap-1.5 text-11 text-dim hover:text-ink"
          >
            <CommandKeys id="review.sameAsLast" /> {t('decide.sameAsLast')}
          </button>
        )}
      </div>
      {/* The scores of last time stand beside each score. */}
      {last.read.detailTags.length > 0 && (
        <p className="line-clamp-2 text-11 text-dim">{last.read.detailTags.map(detailLabel).join('; ')}</p>
      )}
    </section>
  )
}
