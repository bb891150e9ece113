import type { ReviewCase } from '../../../preload/contract/review.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from '../../text/action-words.ts'
import { ReadWords } from './corners.tsx'

type Props = { readonly reviewCase: ReviewCase; readonly myId: string | undefined }

/** Reads that their own readers replaced since, the oldest first: nothing of a case disappears. */
export function ReplacedReads({ reviewCase: { replacedReads = [] }, myId }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  if (replacedReads.length === 0) return null
  return (
    <div className="border-t border-row-line py-1">
      <h3 className="text-11 font-semibold text-dim">{t('adjudicate.replacedTitle')}</h3>
      <ul className="flex flex-col gap-1 text-dim">
        {replacedReads.map(({ read, readerName, replacedAtMs }) => {
          const when = replacedAtMs === null ? t('review.notSent') : times.clock(replacedAtMs, nowMs)
          return (
            <li key={read.readId}>
              {/* Each word by itself: a line through a box with words in it does not reach them. */}
              <div className="[&_span]:line-through">
                <ReadWords read={read} />
              </div>
              <s className="break-words">{actionWords(read.action, t)}</s>
              {read.notes !== '' && <s className="block break-words whitespace-pre-line">{read.notes}</s>}
              <span className="block text-11">
                {read.readerId === myId
                  ? t('adjudicate.replacedByYou', { when })
                  : t('adjudicate.replacedBy', { name: readerName === '' ? t('attention.someone') : readerName, when })}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
