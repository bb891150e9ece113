import { useEffect, useMemo, useState } from 'react'
import type { Port } from '../../../ports/bridge.ts'
import { afterPaint } from '../../../viewer/after-paint.ts'
import { createCheckStore } from './check-store.ts'
import { type AlignPair, createPairStore } from './pair-store.ts'
import { openCompareWindow } from './pop-out.ts'

/** A hand that lines two photos up has stopped after this time; then where it left them is kept. */
const NUDGED_AFTER_MS = 400

/** What compares photos, for as long as the screen is open. */
export function useCompareParts(port: Port, align: AlignPair | null = null) {
  const [pairs] = useState(() =>
    createPairStore({
      port,
      align,
      soon: afterPaint,
      later: (work) => {
        const timer = setTimeout(work, NUDGED_AFTER_MS)
        return () => clearTimeout(timer)
      },
    }),
  )
  const [checks] = useState(() => createCheckStore({ port, soon: afterPaint }))
  useEffect(() => {
    pairs.reopen()
    const end = port.on('photo.arrived', ({ hash }) => pairs.photoArrived(hash))
    return () => {
      end()
      pairs.close()
    }
  }, [port, pairs])
  return useMemo(() => ({ pairs, checks, popOut: () => openCompareWindow(port) }), [pairs, checks, port])
}
export type CompareParts = ReturnType<typeof useCompareParts>
