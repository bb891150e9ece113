import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
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

/** The photos of a case that was just opened are on screen long before. */
const READ_AGAIN_MS = 1000

/** How many cases ahead are read from the store; their photos are decoded as far as the budget goes. */
const AHEAD_COUNT = 3

/** The case on screen first, then those on the way, then the one behind. */
function idsNear(order: readonly SessionId[], index: number, step: 1 | -1): (SessionId | undefined)[] {
  const ahead = Array.from({ length: AHEAD_COUNT }, (_, i) => order[index + (i + 1) * step])
  return [order[index], ...ahead, order[index - step]].filter((id, i) => i === 0 || id !== undefined)
}

/** Of the next cases the ring compares two (`use-prefetch.ts`). */
const COMPARED_COUNT = 2
/** About a quarter of an hour of quick reviewing, and two minutes of one core. */
const BEYOND_COUNT = 40

/** The cases after those that are compared as they come near, the nearest first. */
function idsBeyond(order: readonly SessionId[], index: number, step: 1 | -1): SessionId[] {
  const ids = Array.from({ length: BEYOND_COUNT }, (_, i) => order[index + (COMPARED_COUNT + 1 + i) * step])
  return ids.filter((id) => id !== undefined)
}

/** The case to start with, which is on its way already or even here. */
export type OpeningCase = {
  readonly reviewCase: Promise<ReviewCase>
  readonly mayBeOld: boolean
  readonly found: () => ReviewCase | undefined
}

function firstLoads(start: SessionId, found: ReviewCase | undefined): ReadonlyMap<SessionId, CaseLoad> {
  return new Map(found === undefined ? [] : [[start, { kind: 'ready', reviewCase: found }]])
}

/** Where one is in the batch, and the cases around it. Reading a case ahead neither claims it nor marks it as seen. */
export function useBatch(port: Port, batch: readonly SessionId[], start: SessionId, opening?: OpeningCase) {
  const [order, setOrder] = useState(batch)
  /** `order.length` is the end of the batch. */
  const [index, setIndex] = useState(() => Math.max(0, batch.indexOf(start)))
  /** Which way the last move went: what lies there is read, decoded and painted ahead. */
  const [step, setStep] = useState<1 | -1>(1)
  // What is here already is in the very first render: its photos are on screen one render earlier.
  const [here] = useState(() => opening?.found())
  const [loads, setLoads] = useState(() => firstLoads(start, here))
  const isMounted = useRef(false)
  const asked = useRef(new Map<SessionId, number>(here === undefined ? [] : [[start, 1]]))
  const underWay = useRef(here === undefined ? opening?.reviewCase : undefined)

  const reload = useCallback(
    async (id: SessionId) => {
      const turn = (asked.current.get(id) ?? 0) + 1
      asked.current.set(id, turn)
      const found = id === start ? underWay.current : undefined
      underWay.current = undefined // once: later it is read as it is then
      const load = await (found ?? port.call('review.open', { sessionId: id })).then(
        (reviewCase): CaseLoad => ({ kind: 'ready', reviewCase }),
        (cause): CaseLoad => ({ kind: 'failed', error: AppError.from(cause) }),
      )
      // An older answer never replaces a newer one.
      if (!isMounted.current || asked.current.get(id) !== turn) return
      setLoads((was) => keepLatest(was, id, load))
    },
    [port, start],
  )

  useEffect(() => {
    isMounted.current = true
    const [current, ...others] = idsNear(order, index, step)
    const near = [current, ...others]
    if (current !== undefined && !asked.current.has(current)) void reload(current)
    for (const id of asked.current.keys()) if (!near.includes(id)) asked.current.delete(id)
    return afterPaint(() => {
      for (const id of others) if (id !== undefined && !asked.current.has(id)) void reload(id)
    })
  }, [order, index, step, reload])
  useEffect(() => {
    if (opening?.mayBeOld !== true) return undefined
    // What changed between that answer and this screen was told to nobody who listens.
    const timer = setTimeout(() => void reload(start), READ_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [opening, start, reload])
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
    /** The cases that come next in the direction of the last move; `previous` lies behind. */
    next: Array.from({ length: AHEAD_COUNT }, (_, i) => readyAt(index + (i + 1) * step)).filter(
      (one) => one !== undefined,
    ),
    previous: readyAt(index - step),
    beyond: useMemo(() => idsBeyond(order, index, step), [order, index, step]),
    reload,
    goNext: useCallback(() => {
      setStep(1)
      setIndex((i) => Math.min(i + 1, order.length))
    }, [order.length]),
    goPrevious: useCallback(() => {
      setStep(-1)
      setIndex((i) => Math.max(0, i - 1))
    }, []),
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
