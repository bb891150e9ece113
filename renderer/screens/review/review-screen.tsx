import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import { useCommands } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { PatientDialog } from '../../patient/patient-dialog.tsx'
import { useCompareParts } from './compare/use-compare-parts.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import { AskDialog } from './decide/ask-dialog.tsx'
import { GoalsDialog } from './decide/goals-dialog.tsx'
import { WithdrawDialog } from './decide/withdraw-dialog.tsx'
import { VocabularyProvider } from './decide/vocabulary.tsx'
import { openCase, type Opening } from './opening.ts'
import { ReviewView } from './review-view.tsx'
import type { KeptDrafts } from './use-drafts.ts'
import type { Replacing } from './use-replacing.ts'
import { type ReviewInput, useReview } from './use-review.ts'

type Props = {
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  /** The case to start with, when it is on its way already: closed with this screen. */
  readonly opening?: Opening | undefined
  readonly replacing?: Replacing | null
  readonly drafts?: KeptDrafts | undefined
  /** Told of the case on screen. */
  readonly onCase?: ((id: SessionId) => void) | undefined
  readonly onClose: () => void
}

/** Reviews a batch of scans, one case after the other. Covers the whole window. */
export function ReviewScreen({ batch, start, opening, replacing = null, drafts, onCase, onClose }: Props) {
  const { app, settings, set } = useLiveState()
  return (
    <Opened
      {...{ batch, start, opening, replacing, drafts, onCase }}
      person={app?.account?.person}
      startLayout={settings.compareLayout}
      // The layout has changed on screen already; a setting that cannot be kept is worth no interruption.
      onLayout={useLatest((value) => void set({ name: 'compareLayout', value }).catch(() => undefined))}
      onClose={useLatest(onClose)}
    />
  )
}

/** Always the same function, which does what the latest one does. For handlers only: not to be called in a render. */
function useLatest<A extends unknown[]>(work: (...args: A) => void): (...args: A) => void {
  const latest = useRef(work)
  useLayoutEffect(() => {
    latest.current = work
  })
  return useCallback((...args: A) => latest.current(...args), [])
}

type OpenedProps = Required<Omit<Props, 'drafts' | 'onCase'>> &
  Pick<Props, 'drafts' | 'onCase'> &
  Pick<ReviewInput, 'person' | 'startLayout' | 'onLayout'>

/** The host tells its state with every row that it sends: this renders for none of them. */
const Opened = memo(function Opened({
  batch,
  start,
  opening,
  replacing,
  drafts,
  person,
  startLayout,
  onLayout,
  onCase,
  onClose,
}: OpenedProps) {
  const port = usePort()
  const [first] = useState(() => (isFor(opening, start) ? opening : openCase(port, start, false)))
  const { photos } = first
  const { cache } = photos
  useEffect(() => first.close, [first])

  const compare = useCompareParts(port, undefined, photos.quietly)
  const [patientId, setPatientId] = useState<PatientId | null>(null)
  const [goalsOf, setGoalsOf] = useState<PatientId | null>(null)
  const review = useReview({
    port,
    batch,
    start,
    opening: first,
    person,
    replacing,
    drafts,
    compare,
    startLayout,
    onLayout,
    onPatient: setPatientId,
    onGoals: setGoalsOf,
    onClose,
  })
  useCommands('review', review.commands)
  const { currentId } = review.batch
  useEffect(() => {
    if (currentId !== undefined) onCase?.(currentId)
  }, [currentId, onCase])
  return (
    <VocabularyProvider details={review.rules.details}>
      <ReviewView review={review} cache={cache} compare={compare} myId={person?.id} onClose={onClose} />
      <PatientDialog patientId={patientId} overPhotos onClose={() => setPatientId(null)} />
      <GoalsDialog
        patientId={goalsOf}
        patientName={review.reviewCase === undefined ? '' : listName(review.reviewCase.patient)}
        readOnly={person?.roles.some((role) => role === 'clinician' || role === 'practice_admin') !== true}
        onClose={() => setGoalsOf(null)}
      />
      <AskDialog review={review} myId={person?.id} />
      <WithdrawDialog withdrawing={review.withdrawing} />
    </VocabularyProvider>
  )
})

/** An address may lead back to a scan that was opened and closed before. */
function isFor(opening: Opening | undefined, start: SessionId): opening is Opening {
  return opening !== undefined && opening.sessionId === start && !opening.isClosed()
}
