import { useState } from 'react'
import type { SyncStatus } from '../../../preload/contract/app-state.ts'
import { isConnecting } from '../../ports/connecting.ts'
import { useLargest } from '../../ui/steady.tsx'

/** How far the first copy of a practice has come: entries first, then the photos that go with them. */
export type FirstCopy = {
  readonly rowsDone: number
  /** Null until the server has said it. */
  readonly rowsTotal: number | null
  readonly photosLeft: number
  /** The most that were seen waiting: the number only grows while entries come. */
  readonly photosMost: number
  /** Between 0 and 1; null while nothing is known to measure by. */
  readonly part: number | null
  readonly leftMs: number | null
  /** No server: it goes on where it stopped. */
  readonly paused: boolean
}

/** Null when no first copy runs. A later fresh copy is none: everything is usable meanwhile. */
export function useFirstCopy(sync: SyncStatus | null): FirstCopy | null {
  const copying = sync?.copying ?? null
  const photosLeft = sync?.photosWaitingCount ?? 0
  const photosMost = useLargest(photosLeft)
  const [last, setLast] = useState<NonNullable<SyncStatus['copying']> | null>(null)
  const isRunning = copying?.first === true
  if (isRunning && copying !== last) setLast(copying)
  // Its entries are all here: the photos that came with them are still part of it, those of later scans are not.
  else if (!isRunning && last !== null && photosLeft === 0) setLast(null)
  if (sync === null || (!isRunning && (last === null || photosLeft === 0))) return null
  const rowsTotal = isRunning ? copying.rowsTotal : (last?.rowsTotal ?? null)
  const rowsDone = isRunning ? copying.rowsDone : (rowsTotal ?? last?.rowsDone ?? 0)
  return {
    rowsDone,
    rowsTotal,
    photosLeft,
    photosMost,
    part: isRunning ? partOf(rowsDone, rowsTotal) : partOf(photosMost - photosLeft, photosMost),
    leftMs: longer(isRunning ? copying.leftMs : null, sync.photosLeftMs),
    paused: sync.connection !== 'online' && !isConnecting(sync),
  }
}

function partOf(done: number, total: number | null): number | null {
  return total === null || total === 0 ? null : Math.min(1, done / total)
}

/** Entries and photos come side by side: what takes longer counts. */
function longer(a: number | null, b: number | null): number | null {
  return a === null ? b : Math.max(a, b ?? 0)
}
