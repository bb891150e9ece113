import type { ReviewCase } from '../../../preload/contract/review.ts'
import { type Action, findCorrection } from '../../../server/contract/domain/reads.ts'
import { actionWords } from '../../text/action-words.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { useNow } from '../../ui/use-now.ts'

type Props = {
  readonly action: Action
  readonly reviewCase: Pick<ReviewCase, 'actions' | 'reads'>
  readonly myId: string | undefined
}

/** Who corrected the action, when and why; nothing for one that was not. */
export function CorrectedBy({ action, reviewCase: { actions, reads }, myId }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  if (action.outcome !== 'corrected') return null
  const later = findCorrection(actions, action)
  // Its row may come a moment later.
  if (later?.corrects === undefined) return <span className="block text-11">{t('adjudicate.corrected')}</span>
  const named = reads.find(({ read }) => read.readerId === later.decidedBy)
  const name = named === undefined || named.readerName === '' ? t('attention.someone') : named.readerName
  const when = later.recordedAtMs === null ? t('review.notSent') : times.clock(later.recordedAtMs, nowMs)
  const { reason } = later.corrects
  return (
    <span className="block text-11 break-words">
      {later.decidedBy === myId
        ? t('decide.correctedByYou', { when, reason })
        : t('decide.correctedBy', { name, when, reason })}
    </span>
  )
}

/** Actions for the patient that were corrected after they had left, the oldest first: nothing of a case disappears. */
export function CorrectedActions({ reviewCase, myId }: Omit<Props, 'action'>) {
  const t = useText()
  const corrected = reviewCase.actions.filter(({ outcome }) => outcome === 'corrected')
  if (corrected.length === 0) return null
  return (
    <div className="border-t border-row-line py-1">
      <h3 className="text-11 font-semibold text-dim">{t('decide.correctedTitle')}</h3>
      <ul className="flex flex-col gap-1 text-dim">
        {corrected.map((action) => (
          <li key={action.id}>
            <s className="break-words">{actionWords(action.action, t)}</s>
            <CorrectedBy action={action} reviewCase={reviewCase} myId={myId} />
          </li>
        ))}
      </ul>
    </div>
  )
}
