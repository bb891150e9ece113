import type { ReviewCase } from '../../../preload/contract/review.ts'
import { isPatientFacing } from '../../../server/contract/domain/tags.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from '../../text/action-words.ts'
import { ReadWords } from './corners.tsx'
import { CorrectedActions } from './corrected-by.tsx'
import { ReplacedReads } from './replaced-reads.tsx'
import { inOrder, type NamedRead } from './reads-in-order.ts'

type Props = { readonly reviewCase: ReviewCase; readonly myId: string | undefined }

/** Every read of this scan that stands, oldest first: who, when, on which version, what was decided, what it settles. */
export function ReadList({ reviewCase, myId }: Props) {
  const t = useText()
  if (reviewCase.reads.length === 0) return null
  return (
    <section aria-label={t('adjudicate.reads')} className="rounded-[5px] border border-line px-3 py-2 text-13">
      <h2 className="text-11 font-semibold text-dim">{t(`state.${reviewCase.state}`)}</h2>
      <ul className="flex flex-col">
        {inOrder(reviewCase.reads).map((named) => (
          <li key={named.read.readId} className="border-row-line py-1 not-first:border-t">
            <OneRead named={named} reviewCase={reviewCase} isMine={named.read.readerId === myId} />
          </li>
        ))}
      </ul>
      <ReplacedReads reviewCase={reviewCase} myId={myId} />
      <CorrectedActions reviewCase={reviewCase} myId={myId} />
    </section>
  )
}

const OUTCOMES = { would_have_done: 'adjudicate.wouldHave', corrected: 'adjudicate.corrected' } as const

type OneProps = { readonly named: NamedRead; readonly reviewCase: ReviewCase; readonly isMine: boolean }

function OneRead({ named: { read, readerName, sent }, reviewCase, isMine }: OneProps) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { version } = reviewCase.session
  const facts = [
    sent && read.recordedAtMs !== null ? times.clock(read.recordedAtMs, nowMs) : t('review.notSent'),
    ...(read.sessionVersion === version ? [] : [t('adjudicate.version', { version: read.sessionVersion })]),
  ]
  const made = reviewCase.actions.find((action) => action.readId === read.readId)
  const isForPatient = isPatientFacing(read.action.kind)
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{isMine ? t('review.you') : readerName}</span>
        <span className="text-11 text-dim tabular-nums">{facts.join(' · ')}</span>
      </p>
      {read.adjudicates.length === 2 && (
        <p className="text-11">
          <StatusDot tone="ok">{t('adjudicate.settlesTwo')}</StatusDot>
        </p>
      )}
      <ReadWords read={read} />
      <p className="text-dim">
        {made?.outcome === 'corrected' ? <s>{actionWords(read.action, t)}</s> : actionWords(read.action, t)}
        {made !== undefined && made.outcome !== 'won' && isForPatient && ` · ${t(OUTCOMES[made.outcome])}`}
      </p>
      {read.notes !== '' && <p className="break-words whitespace-pre-line">{read.notes}</p>}
    </>
  )
}
