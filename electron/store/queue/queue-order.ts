import { type BuiltInLane, OVERDUE_AFTER_MS, type QueueQuery } from '../../../preload/contract/queue.ts'
import type { PatientFacts } from '../../../server/contract/domain/practice-rules.ts'
import { ReviewState } from '../../../server/contract/domain/reads.ts'
import type { Viewer } from '../practice/second-reads.ts'
import { askedIn } from './lane-facts.ts'

/** What order and lane of one scan depend on, read from its queue row. */
export type Row = {
  readonly id: string
  readonly patientId: string
  readonly nameKey: string
  readonly search: string
  readonly submittedAtMs: number
  readonly stage: number
  readonly state: string
  readonly flagged: number
  readonly firstScan: number
  readonly refinement: number
  /** Number of views that are not there. */
  readonly missing: number
  /** JSON of the open questions, and of the open second reads; empty for none (lane-facts.ts). */
  readonly asked: string
  readonly second: string
}
/** All rows of one patient. `foundBy` is the number of the last search that its words matched. */
export type Group = { readonly rows: Entry[]; foundBy: number; readonly facts: PatientFacts | undefined }
/** `state` as it is to be seen by whoever looks: a scan that they are to read blind waits for them. */
export type Entry = Row & {
  readonly group: Group
  readonly ownState: string
  /** Which of the practice's own lanes hold it, a bit for each (own-lanes.ts keeps them). */
  own: number
}
/** Who looks; null for nobody in particular. */
export type Who = Pick<Viewer, 'personId' | 'mayDecide'> | null
export type Sort = QueueQuery['sort']
export type Compare = (a: Entry, b: Entry) => number

const STATES: readonly string[] = ReviewState.options

/** `flagged`, `overdue`, `first_scan` and `refinement` are work lists: parts of what waits. */
export function isIn(lane: BuiltInLane, entry: Entry, nowMs: number, who: Who): boolean {
  if (lane === 'all') return true
  if (lane === 'asked') return isAsked(entry, who)
  const waits = entry.state === 'waiting'
  if (lane === 'adjudicate') return entry.state === 'discordant'
  if (lane === 'reviewed') return !waits
  if (!waits) return false
  if (lane === 'flagged') return entry.flagged === 1
  if (lane === 'first_scan') return entry.firstScan === 1
  if (lane === 'refinement') return entry.refinement === 1
  return lane === 'waiting' || nowMs - entry.submittedAtMs > OVERDUE_AFTER_MS
}

/** The lanes of one entry, counted; says the same as {@link isIn} of each, in one go. */
export function tally(sums: Record<BuiltInLane, number>, entry: Entry, nowMs: number, who: Who): void {
  sums.all += 1
  if (isAsked(entry, who)) sums.asked += 1
  if (entry.state === 'discordant') sums.adjudicate += 1
  if (entry.state !== 'waiting') return void (sums.reviewed += 1)
  sums.waiting += 1
  sums.flagged += entry.flagged
  sums.first_scan += entry.firstScan
  sums.refinement += entry.refinement
  if (nowMs - entry.submittedAtMs > OVERDUE_AFTER_MS) sums.overdue += 1
}

/** A question of theirs, or one that any clinician may answer. Not about a scan that they are to read blind first. */
export function isAsked({ asked, state, ownState }: Entry, who: Who): boolean {
  if (asked === '' || who === null || state !== ownState) return false
  const { personId, mayDecide } = who
  return askedIn(asked).some(([by, of]) => of === personId || (of === null && by !== personId && mayDecide))
}

const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const bySubmitted: Compare = (a, b) => a.submittedAtMs - b.submittedAtMs || byId(a, b)
const byName: Compare = (a, b) => (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : bySubmitted(a, b))

/**
 * Ascending, and never equal for two scans, so that each has one place. A decided scan waits no longer: it comes before
 * every waiting one, so that descending shows the longest wait first.
 */
export const COMPARE: Readonly<Record<Sort, Compare>> = {
  submitted: bySubmitted,
  wait: (a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting') || bySubmitted(b, a),
  patient: byName,
  stage: (a, b) => a.stage - b.stage || bySubmitted(a, b),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || bySubmitted(a, b),
}

/** Where this entry stands, or would stand: the number of entries before it. */
export function placeOf(order: readonly Entry[], entry: Entry, compare: Compare): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = order[middle]
    if (at !== undefined && compare(at, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The order without `gone` (those that it holds) and with `fresh` at their places. Copies runs, compares only what changes. */
export function patched(
  order: readonly Entry[],
  compare: Compare,
  gone: Iterable<Entry>,
  fresh: Iterable<Entry>,
): Entry[] {
  const leaving = [...gone]
    .map((entry) => ({ entry, at: placeOf(order, entry, compare) }))
    .filter(({ entry, at }) => order[at] === entry)
  const kept = spliced(
    order,
    leaving.map(({ at }) => ({ at, skip: 1, add: undefined })),
  )
  const joining = [...fresh].toSorted(compare).map((entry) => ({ at: placeOf(kept, entry, compare), add: entry }))
  return spliced(
    kept,
    joining.map(({ at, add }) => ({ at, skip: 0, add })),
  )
}

type Cut = { readonly at: number; readonly skip: number; readonly add: Entry | undefined }

function spliced(order: readonly Entry[], cuts: readonly Cut[]): Entry[] {
  const runs: (readonly Entry[])[] = [] // arrays only: a single entry among them would cost the engine's fast copy
  let from = 0
  for (const { at, skip, add } of cuts.toSorted((a, b) => a.at - b.at)) {
    runs.push(order.slice(from, at))
    if (add !== undefined) runs.push([add])
    from = at + skip
  }
  return ([] as Entry[]).concat(...runs, order.slice(from))
}
