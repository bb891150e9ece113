import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { Port } from '../../ports/bridge.ts'
import { afterPaint } from '../../viewer/after-paint.ts'

export type CaseLoad =
  | { readonly kind: 'ready'; readonly reviewCase: ReviewCase }
  | { readonly kind: 'failed'; readonly error: AppError }

/** Cases kept after they were left: going back shows them at once, while they are read again. */
const KEPT_COUNT = 40

function keepLatest(loads: ReadonlyMap<SessionId, CaseLoad>, id: SessionId, load: CaseLoad) {
  const others = [...loads].filter(([other]) => other !== id).slice(1 - KEPT_COUNT)
  return new Map([...others, [id, load] as const])
}

/** How many cases ahead are read from the store; their photos are decoded as far as the budget goes. */
const AHEAD_COUNT = 2

/** Where one is in the batch, and the cases around it. Reading a case ahead neither claims it nor marks it as seen. */
export function useBatch(port: Port, batch: readonly SessionId[], start: SessionId) {
  const [order, setOrder] = useState(batch)
  /** `order.length` is the end of the batch. */
  const [index, setIndex] = useState(() => Math.max(0, batch.indexOf(start)))
  const [loads, setLoads] = useState<ReadonlyMap<SessionId, CaseLoad>>(new Map())
  const isMounted = useRef(false)
  const asked = useRef(new Map<SessionId, number>())

  const reload = useCallback(
    async (id: SessionId) => {
      const turn = (asked.current.get(id) ?? 0) + 1
      asked.current.set(id, turn)
      const load = await port.call('review.open', { sessionId: id }).then(
        (reviewCase): CaseLoad => ({ kind: 'ready', reviewCase }),
        (cause): CaseLoad => ({ kind: 'failed', error: AppError.from(cause) }),
      )
      // An older answer never replaces a newer one.
      if (isMounted.current && asked.current.get(id) === turn) setLoads((was) => keepLatest(was, id, load))
    },
    [port],
  )

  useEffect(() => {
    isMounted.current = true
    const near = order.slice(Math.max(0, index - 1), index + 1 + AHEAD_COUNT)
    // The case on screen first, then forwards, then back.
    const [current, ...others] = [...near.slice(index > 0 ? 1 : 0), ...near.slice(0, index > 0 ? 1 : 0)]
    if (current !== undefined && !asked.current.has(current)) void reload(current)
    for (const id of asked.current.keys()) if (!near.includes(id)) asked.current.delete(id)
    return afterPaint(() => {
      for (const id of others) if (!asked.current.has(id)) void reload(id)
    })
  }, [order, index, reload])
  useEffect(() => {
    const turns = asked.current
    const end = port.on('store.changed', () => {
      for (const id of turns.keys()) void reload(id)
    })
    return () => {
      end()
      isMounted.current = false
      turns.clear()
    }
  }, [port, reload])

  const currentId = order[index]
  const readyAt = (i: number): ReviewCase | undefined => {
    const id = order[i]
    const load = id === undefined ? undefined : loads.get(id)
    return load?.kind === 'ready' ? load.reviewCase : undefined
  }
  return {
    order,
    index,
    currentId,
    current: currentId === undefined ? undefined : loads.get(currentId),
    next: [readyAt(index + 1), readyAt(index + 2)].filter((one) => one !== undefined),
    previous: readyAt(index - 1),
    reload,
    goNext: useCallback(() => setIndex((i) => Math.min(i + 1, order.length)), [order.length]),
    goPrevious: useCallback(() => setIndex((i) => Math.max(0, i - 1)), []),
    /** A case that is not in this batch (a decision of the batch before, taken back) is put in front of the current one. */
    goTo: useCallback(
      (id: SessionId) => {
        const at = order.indexOf(id)
        if (at >= 0) return setIndex(at)
        setOrder((was) => was.toSpliced(index, 0, id))
      },
      [order, index],
    ),
  }
}
export type Batch = ReturnType<typeof useBatch>
