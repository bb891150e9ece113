import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SessionId } from '../../server/contract/domain/ids.ts'
import { usePort } from '../ports/port-context.tsx'
import type { QueuePlace } from '../screens/queue/queue-place.ts'
import { createLineUpAhead } from '../screens/review/compare/line-up-ahead.ts'
import { type OpenAligner, useCompareParts } from '../screens/review/compare/use-compare-parts.ts'
import { createQuietQueue } from '../viewer/quiet-queue.ts'
import { onSignOfLife } from './sign-of-life.ts'

/** Nobody has touched keyboard or pointer for so long. */
export const IDLE_MS = 5000
/** Some four minutes of one core, and what somebody reviews in an hour. */
const MOST_CASES = 100
/** Changes of the store come in bursts while a pull runs. */
const SETTLED_MS = 2000

type Props = { readonly place: QueuePlace; readonly open?: OpenAligner | undefined }

/**
 * Shows nothing: while nobody touches the window, the photos of the queue's next cases are lined up and checked, so that
 * each is known when it is opened. Mounted wherever no case is open: the review screen has a worker of its own for that,
 * and two would take twice the memory.
 */
export function LineUpIdle({ place, open }: Props): null {
  const port = usePort()
  const [idle] = useState(createIdle)
  const compare = useCompareParts(port, open, idle.quietly)
  const [ahead] = useState(() => createLineUpAhead({ port, ...compare }))
  const latest = useRef(place)
  useLayoutEffect(() => {
    latest.current = place
  })
  useEffect(() => {
    const now = { isClosed: false, isPlanned: false, timer: undefined as ReturnType<typeof setTimeout> | undefined }
    /** The list as it is sorted and filtered, from the cursor on, then from its top. */
    const list = async () => {
      now.isPlanned = false
      if (now.isClosed) return
      const { query, selectedId } = latest.current
      const from = (id: SessionId | null) => port.call('queue.batch', { ...query, from: id })
      const below = await from(selectedId)
      const all = below.length < MOST_CASES && selectedId !== null ? [...below, ...(await from(null))] : below
      if (!now.isClosed) ahead.want([...new Set(all)].slice(0, MOST_CASES))
    }
    const plan = () => {
      if (now.isPlanned || now.isClosed) return
      now.isPlanned = true
      // Without an answer it is asked again when somebody has come and gone, or something changes.
      void idle.quietly(list).catch(() => undefined)
    }
    const endChanges = port.on('store.changed', () => {
      clearTimeout(now.timer)
      now.timer = setTimeout(plan, SETTLED_MS)
    })
    const endSigns = onSignOfLife(() => {
      idle.touched()
      compare.callOff()
      plan() // the cursor may be elsewhere by then
    })
    plan()
    return () => {
      now.isClosed = true
      clearTimeout(now.timer)
      endChanges()
      endSigns()
      ahead.close()
    }
  }, [port, idle, ahead, compare])
  return null
}

/** No timer while nobody is there: those of a window that is hidden may be a minute late. */
function createIdle() {
  const now = { touchedAtMs: performance.now() }
  const screen = {
    onceStill: (work: () => void) => {
      work()
      return () => undefined
    },
    stillForMs: () => performance.now() - now.touchedAtMs,
  }
  return {
    touched: () => {
      now.touchedAtMs = performance.now()
    },
    quietly: createQuietQueue(screen, IDLE_MS),
  }
}
