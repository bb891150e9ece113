import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import {
  BuiltInLane,
  isBuiltIn,
  type Lane,
  ownLane,
  type QueueQuery,
  type QueueRow,
} from '../../../preload/contract/queue.ts'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import type { HandlersFor } from '../../commands/table.ts'
import { useDispatcher } from '../../commands/commands-context.tsx'
import type { LetGo } from '../../commands/key-line.ts'
import { commandSpec } from '../../commands/table.ts'
import { usePort } from '../../ports/port-context.tsx'
import type { QueuePlace } from './queue-place.ts'
import { findIndex, findRow } from './row-pages.ts'
import { type OnAhead, useAhead } from './use-ahead.ts'
import { useCounts } from './use-counts.ts'
import { useOwnLanes } from './use-own-lanes.ts'
import { useRows } from './use-rows.ts'

/** From key to question while somebody types. */
export const SEARCH_DEBOUNCE_MS = 60

const NO_LANES: readonly PracticeLane[] = []

export type OnReview = (batch: readonly SessionId[], start: SessionId) => void
/** Says which scan is on its way to the screen, before its batch is known; null when it does not come after all. */
export type OnOpening = (sessionId: SessionId | null) => void

type Options = {
  readonly place: QueuePlace
  readonly onPlace: (place: QueuePlace) => void
  readonly onReview: OnReview
  readonly onOpening: OnOpening
  readonly onAhead: OnAhead
  readonly onPatient: (patientId: PatientId) => void
  /** Rows that fit on the screen, for Page Up and Page Down. */
  readonly pageRows: () => number
  readonly focusSearch: () => void
}

/** The queue's state: query, rows, selection, verbs. */
export function useQueue({ place, onPlace, onReview, onOpening, onAhead, onPatient, pageRows, focusSearch }: Options) {
  const port = usePort()
  const { query } = place
  const rows = useRows(query)
  const counts = useCounts(query.search)
  const [search, setSearch] = useState(query.search)
  const [openFailed, setOpenFailed] = useState(false)
  const total = rows.rows.total ?? 0

  // The latest place, from the very key that asks for it: what comes after a wait must not undo it.
  const latest = useRef(place)
  useLayoutEffect(() => {
    latest.current = place
  })
  const goTo = useCallback(
    (next: QueuePlace) => {
      latest.current = next
      onPlace(next)
    },
    [onPlace],
  )
  const ask = useCallback(
    (change: Partial<QueueQuery>) =>
      goTo({ query: { ...latest.current.query, ...change }, selectedId: null, selectedIndex: 0 }),
    [goTo],
  )
  useEffect(() => {
    if (search === query.search) return undefined
    const timer = setTimeout(() => ask({ search }), SEARCH_DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [search, query.search, ask])

  const selectedIndex = Math.min(place.selectedIndex, Math.max(0, total - 1))
  const loaded = findRow(rows.rows, selectedIndex)
  // Scrolled far away its page is forgotten; what is selected can still be opened.
  const [kept, setKept] = useState(loaded)
  if (loaded !== undefined && loaded !== kept) setKept(loaded)
  const selected = loaded ?? (kept?.sessionId === place.selectedId ? kept : undefined)
  useEffect(() => {
    // The same scan stays selected when rows move; once it has left the lane, its place in the list does.
    if (latest.current !== place || rows.shown !== query || rows.rows.total === null) return
    const moved = place.selectedId === null ? undefined : findIndex(rows.rows, place.selectedId)
    const index = moved ?? selectedIndex
    const id = findRow(rows.rows, index)?.sessionId ?? place.selectedId
    if (id !== place.selectedId || index !== place.selectedIndex) goTo({ query, selectedId: id, selectedIndex: index })
  }, [rows.rows, rows.shown, query, place, selectedIndex, goTo])

  function select(index: number) {
    const to = Math.max(0, Math.min(total - 1, index))
    goTo({ query, selectedId: findRow(rows.rows, to)?.sessionId ?? null, selectedIndex: to })
  }
  /** The first of two clicks says what is to be opened before the second one does. */
  function press(index: number, row: QueueRow | undefined) {
    if (row !== undefined) onAhead(row.sessionId)
    select(index)
  }
  // Until a new lane or search has its first answer, what is on screen and selected is the former one's.
  const isFormer = rows.shown !== query
  useAhead(isFormer ? undefined : loaded, onAhead)
  const dispatcher = useDispatcher()
  const opening = useRef<LetGo | null>(null)
  // What is pressed from then on is meant for the scan: it is pressed once that is on screen.
  useLayoutEffect(() => () => opening.current?.('press'), [])
  /** @param row the one that was clicked; by key it is the selected one, or the first of a lane that is still coming */
  async function open(row: QueueRow | undefined = isFormer ? undefined : selected) {
    if ((row === undefined && !isFormer) || opening.current !== null) return
    const letGo = dispatcher.hold((id) => id === undefined || commandSpec(id).context === 'queue')
    opening.current = letGo
    // On its way while the batch is: it is read without being claimed or marked as seen.
    if (row !== undefined) onOpening(row.sessionId)
    try {
      const batch = await port.call('queue.batch', { ...query, from: row?.sessionId ?? null })
      setOpenFailed(false)
      const start = row?.sessionId ?? batch[0]
      if (start !== undefined) return onReview(batch, start)
    } catch {
      setOpenFailed(true)
    }
    onOpening(null)
    letGo('drop')
    opening.current = null
  }
  function sortBy(sort: QueueQuery['sort']) {
    // The first order of each is the one that is wanted: longest wait, newest, A to Z.
    const first = sort === 'wait' || sort === 'submitted'
    ask({ sort, descending: query.sort === sort ? !query.descending : first })
  }
  const lane = (to: Lane) => () => ask({ lane: to })
  const ownLanes = useOwnLanes()
  const laneIds = [...BuiltInLane.options, ...(ownLanes ?? []).map(ownLane)]
  const own = (index: number) => {
    const to = ownLanes?.[index]
    return to === undefined ? undefined : lane(ownLane(to))
  }
  function step(by: 1 | -1) {
    const to = laneIds[laneIds.indexOf(query.lane) + by]
    if (to !== undefined) ask({ lane: to })
  }
  useEffect(() => {
    // An administrator took the lane away while it was open: what waits in it waits in the first one too.
    const isGone = ownLanes !== null && !isBuiltIn(query.lane) && !ownLanes.some((one) => ownLane(one) === query.lane)
    if (isGone) ask({ lane: 'waiting' })
  }, [ownLanes, query.lane, ask])

  const commands: HandlersFor<'queue'> = {
    'queue.next': () => select(selectedIndex + 1),
    'queue.previous': () => select(selectedIndex - 1),
    'queue.pageDown': () => select(selectedIndex + pageRows()),
    'queue.pageUp': () => select(selectedIndex - pageRows()),
    'queue.first': () => select(0),
    'queue.last': () => select(total - 1),
    'queue.open': () => void open(),
    'queue.patient': () => {
      if (selected !== undefined && !isFormer) onPatient(selected.patientId)
    },
    'queue.search': focusSearch,
    'queue.laneWaiting': lane('waiting'),
    'queue.laneFlagged': lane('flagged'),
    'queue.laneOverdue': lane('overdue'),
    'queue.laneFirstScan': lane('first_scan'),
    'queue.laneRefinement': lane('refinement'),
    'queue.laneAsked': lane('asked'),
    'queue.laneAdjudicate': lane('adjudicate'),
    'queue.laneReviewed': lane('reviewed'),
    'queue.laneAll': lane('all'),
    'queue.laneOwn1': own(0),
    'queue.laneOwn2': own(1),
    'queue.laneOwn3': own(2),
    'queue.laneOwn4': own(3),
    'queue.laneOwn5': own(4),
    'queue.laneOwn6': own(5),
    'queue.nextLane': () => step(1),
    'queue.previousLane': () => step(-1),
    'queue.sortWait': () => sortBy('wait'),
    'queue.sortSubmitted': () => sortBy('submitted'),
    'queue.sortPatient': () => sortBy('patient'),
    'queue.sortStage': () => sortBy('stage'),
    'queue.sortState': () => sortBy('state'),
    'queue.reverse': () => ask({ descending: !query.descending }),
  }
  return {
    query,
    rows,
    ownLanes: ownLanes ?? NO_LANES,
    counts,
    total,
    search,
    setSearch,
    selectedIndex,
    selected,
    press,
    open,
    openFailed,
    sortBy,
    setLane: (to: Lane) => ask({ lane: to }),
    commands,
  }
}
