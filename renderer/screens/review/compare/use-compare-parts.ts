import { useEffect, useMemo, useState } from 'react'
import { createAligner } from '../../../align/aligner.ts'
import type { Port } from '../../../ports/bridge.ts'
import { afterPaint } from '../../../viewer/after-paint.ts'
import { KEPT } from '../../../viewer/photo-cache.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import { createChecking } from './checking.ts'
import { createPairStore } from './pair-store.ts'
import type { AlignPair } from './pair-work.ts'
import { openCompareWindow } from './pop-out.ts'

/** A hand that lines two photos up has stopped after this time; then where it left them is kept. */
const NUDGED_AFTER_MS = 400

export type OpenAligner = (port: Pick<Port, 'photoUrl'>) => { readonly align: AlignPair; close(): void }

const openAligner: OpenAligner = (port) => createAligner(port)
const atOnce: Quietly = (work) => work()

/**
 * What compares photos, for as long as the screen is open.
 * @param open null in the second window: there the main one tells how pairs lie
 * @param quietly when to work out ahead what nobody waits for
 */
export function useCompareParts(port: Port, open: OpenAligner | null = openAligner, quietly = atOnce) {
  const [aligner] = useState(() => open?.(asKept(port)) ?? null)
  const [checking] = useState(() =>
    createChecking({ port: { ...port, ...asKept(port) }, soon: afterPaint, quietly, computes: open !== null }),
  )
  const { checks } = checking
  const [pairs] = useState(() =>
    createPairStore({
      port,
      align: aligner === null ? null : (pair, sides) => aligner.align(pair, sides),
      ...(aligner !== null && { lined: (alignment) => checking.lined(alignment) }),
      quietly,
      soon: afterPaint,
      later: (work) => {
        const timer = setTimeout(work, NUDGED_AFTER_MS)
        return () => clearTimeout(timer)
      },
    }),
  )
  useEffect(() => {
    const end = port.on('photo.arrived', ({ hash }) => {
      pairs.photoArrived(hash)
      checking.photoArrived(hash)
    })
    return () => {
      end()
      pairs.close()
      aligner?.close()
      checking.close()
    }
  }, [port, pairs, aligner, checking])
  return useMemo(
    () => ({
      pairs,
      checks,
      quietly,
      /** Breaks off what is being lined up, and ends its worker: it is begun anew when it is quiet. */
      callOff: () => aligner?.close(),
      popOut: () => openCompareWindow(port),
    }),
    [pairs, checks, aligner, quietly, port],
  )
}
export type CompareParts = ReturnType<typeof useCompareParts>

/** Photos near to the screen are fetched for the screen. What is worked out far ahead of it must not come before them. */
function asKept(port: Port): Pick<Port, 'photoUrl'> {
  return { photoUrl: (hash, size) => port.photoUrl(hash, size) + KEPT }
}
