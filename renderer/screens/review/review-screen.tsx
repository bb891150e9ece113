import { useEffect, useState } from 'react'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import { useCommands } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { afterPaint } from '../../viewer/after-paint.ts'
import { createDecodePool, startDecodeWorker } from '../../viewer/decode-pool.ts'
import { createPhotoCache } from '../../viewer/photo-cache.ts'
import { PatientDialog } from '../../patient/patient-dialog.tsx'
import { ReviewView } from './review-view.tsx'
import type { Replacing } from './use-replacing.ts'
import { useReview } from './use-review.ts'

type Props = {
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  readonly replacing?: Replacing | null
  readonly onClose: () => void
}

const DECODE_WORKERS = 2
/** About this scan, the two after it and the one before, each with its priors, at 2048 px. */
const DECODED_BUDGET_BYTES = 512 * 1024 * 1024

/** Reviews a batch of scans, one case after the other. Covers the whole window. */
export function ReviewScreen({ batch, start, replacing = null, onClose }: Props) {
  const port = usePort()
  const live = useLiveState()
  const { app, settings } = live
  const person = app?.account?.person
  const [pool] = useState(() => createDecodePool(DECODE_WORKERS, startDecodeWorker))
  const [cache] = useState(() =>
    createPhotoCache({
      photoUrl: (hash, size) => port.photoUrl(hash, size),
      decode: pool.decode,
      fetch: (url, init) => fetch(url, init),
      budgetBytes: DECODED_BUDGET_BYTES,
      parallelCount: 4,
      soon: afterPaint,
    }),
  )
  useEffect(() => {
    const end = port.on('photo.arrived', ({ hash }) => cache.photoArrived(hash))
    return () => {
      end()
      cache.clear()
      pool.close()
    }
  }, [port, cache, pool])

  const [patientId, setPatientId] = useState<PatientId | null>(null)
  const review = useReview({
    port,
    batch,
    start,
    person,
    replacing,
    startLayout: settings.compareLayout,
    // The layout has changed on screen already; a setting that cannot be kept is worth no interruption.
    onLayout: (value) => void live.set({ name: 'compareLayout', value }).catch(() => undefined),
    onPatient: setPatientId,
    onClose,
  })
  useCommands('review', review.commands)
  return (
    <>
      <ReviewView review={review} cache={cache} myId={person?.id} onClose={onClose} />
      <PatientDialog patientId={patientId} overPhotos onClose={() => setPatientId(null)} />
    </>
  )
}
