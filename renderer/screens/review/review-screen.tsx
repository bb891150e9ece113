import { useEffect, useState } from 'react'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import { useCommands } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { openPhotos } from '../../viewer/open-photos.ts'
import { PatientDialog } from '../../patient/patient-dialog.tsx'
import { useCompareParts } from './compare/use-compare-parts.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import { AskDialog } from './decide/ask-dialog.tsx'
import { GoalsDialog } from './decide/goals-dialog.tsx'
import { VocabularyProvider } from './decide/vocabulary.tsx'
import { ReviewView } from './review-view.tsx'
import type { Replacing } from './use-replacing.ts'
import { useReview } from './use-review.ts'

type Props = {
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  readonly replacing?: Replacing | null
  readonly onClose: () => void
}

/** Reviews a batch of scans, one case after the other. Covers the whole window. */
export function ReviewScreen({ batch, start, replacing = null, onClose }: Props) {
  const port = usePort()
  const live = useLiveState()
  const { app, settings } = live
  const person = app?.account?.person
  const [photos] = useState(() => openPhotos((hash, size) => port.photoUrl(hash, size)))
  const { cache } = photos
  useEffect(() => {
    const end = port.on('photo.arrived', ({ hash }) => photos.cache.photoArrived(hash))
    return () => {
      end()
      photos.close()
    }
  }, [port, photos])

  const compare = useCompareParts(port, undefined, photos.quietly)
  const [patientId, setPatientId] = useState<PatientId | null>(null)
  const [goalsOf, setGoalsOf] = useState<PatientId | null>(null)
  const review = useReview({
    port,
    batch,
    start,
    person,
    replacing,
    compare,
    startLayout: settings.compareLayout,
    // The layout has changed on screen already; a setting that cannot be kept is worth no interruption.
    onLayout: (value) => void live.set({ name: 'compareLayout', value }).catch(() => undefined),
    onPatient: setPatientId,
    onGoals: setGoalsOf,
    onClose,
  })
  useCommands('review', review.commands)
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
    </VocabularyProvider>
  )
}
