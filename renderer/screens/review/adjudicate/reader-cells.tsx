import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Read } from '../../../../server/contract/domain/reads.ts'
import { isPatientFacing, type Score, type ScoreField } from '../../../../server/contract/domain/tags.ts'
import { useText } from '../../../text/text-context.tsx'
import { scoreKey } from '../../../text/words.ts'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { actionWords } from '../../../text/action-words.ts'
import { CorrectedBy } from '../corrected-by.tsx'
import { useDetailLabel } from '../decide/vocabulary.tsx'
import type { NamedRead } from '../reads-in-order.ts'
import { SCORE_TONES } from '../score-word.tsx'
import { hasTag, tagKey } from './conflict.ts'

const VALUES: readonly Score[] = [1, 2, 3]

type ScoreProps = {
  readonly field: ScoreField
  readonly read: Read
  /** In one line: both readers gave it. */
  readonly alone: boolean
}

/** The word at the height of the same word in the third column: a difference is seen by its place too. */
export function ReaderScore({ field, read, alone }: ScoreProps) {
  const t = useText()
  const score = read[field]
  if (score === null)
    return (
      <span className="text-11 text-dim">
        {t(field === 'alignerFit' && read.aligners === 'out' ? 'review.fitOut' : 'adjudicate.notGiven')}
      </span>
    )
  if (alone) return <StatusDot tone={SCORE_TONES[score]}>{t(scoreKey(field, score))}</StatusDot>
  return (
    <div className="grid grid-rows-3 gap-px py-px">
      {VALUES.map((value) => (
        <span key={value} className="flex min-h-6 items-center text-11 leading-[13px]">
          {value === score ? (
            <StatusDot tone={SCORE_TONES[score]}>
              <span className="text-13 leading-[15px] whitespace-normal">{t(scoreKey(field, score))}</span>
            </StatusDot>
          ) : (
            <span aria-hidden className="text-faint">
              ·
            </span>
          )}
        </span>
      ))}
    </div>
  )
}

export function ReaderDetails({ read, other }: { readonly read: Read; readonly other: Read }) {
  const t = useText()
  const detailLabel = useDetailLabel()
  if (read.detailTags.length === 0) return <span className="text-dim">{t('adjudicate.noDetails')}</span>
  return (
    <ul className="flex flex-col gap-0.5">
      {read.detailTags.map((tag) => {
        const words = detailLabel(tag)
        return (
          <li key={tagKey(tag)}>
            {hasTag(other, tag) ? (
              <span className="text-dim">{words}</span>
            ) : (
              <span title={t('adjudicate.onlyHere')}>
                <StatusDot tone="flag">
                  <span className="whitespace-normal text-ink">{words}</span>
                </StatusDot>
                <span className="sr-only">, {t('adjudicate.onlyHere')}</span>
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

type ActionProps = {
  readonly named: NamedRead
  readonly reviewCase: ReviewCase
  readonly myId: string | undefined
}

/** What was decided with the read, and whether it is what stands for the patient. */
export function ReaderAction({ named, reviewCase, myId }: ActionProps) {
  const t = useText()
  const { read, sent } = named
  const made = reviewCase.actions.find((action) => action.readId === read.readId)
  if (made?.outcome === 'corrected')
    return (
      <p className="text-dim">
        <s>{actionWords(read.action, t)}</s>
        <CorrectedBy action={made} reviewCase={reviewCase} myId={myId} />
      </p>
    )
  return (
    <>
      <p>{actionWords(read.action, t)}</p>
      {isPatientFacing(read.action.kind) && (
        <p className="text-11 text-dim">
          {made?.outcome === 'would_have_done'
            ? t('adjudicate.wouldHave')
            : t(sent ? 'adjudicate.carriedOut' : 'adjudicate.notSent')}
        </p>
      )}
    </>
  )
}

export function ReaderNote({ read }: { readonly read: Read }) {
  const t = useText()
  if (read.notes === '') return <span className="text-dim">{t('adjudicate.noNote')}</span>
  return <p className="whitespace-pre-line">{read.notes}</p>
}
