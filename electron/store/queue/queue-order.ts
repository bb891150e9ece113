import { type Lane, OVERDUE_AFTER_MS, type QueueQuery } from '../../../preload/contract/queue.ts'
import { ReviewState } from '../../../server/contract/domain/reads.ts'

/** What order and lane of one scan depend on, read from its queue row. */
export type Entry = {
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
}
export type Sort = QueueQuery['sort']
export type Compare = (a: Entry, b: Entry) => number

const STATES: readonly string[] = ReviewState.options

/** `flagged`, `overdue`, `first_scan` and `refinement` are work lists: parts of what waits. */
export function isIn(lane: Lane, entry: Entry, nowMs: number): boolean {
  if (lane === 'all') return true
  const waits = entry.state === 'waiting'
  if (lane === 'adjudicate') return entry.state === 'discordant'
  if (lane === 'reviewed') return !waits
  if (!waits) return false
  if (lane === 'flagged') return entry.flagged === 1
  if (lane === 'first_scan') return entry.firstScan === 1
  if (lane === 'refinement') return entry.refinement === 1
  return lane === 'waiting' || nowMs - entry.submittedAtMs > OVERDUE_AFTER_MS
}

const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const bySubmitted: Compare = (a, b) => a.submittedAtMs - b.submittedAtMs || byId(a, b)
const byName: Compare = (a, b) => (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : bySubmitted(a, b))

/** Ascending. A decided scan waits no longer: it comes before every waiting one, so that descending shows the longest wait first. */
export const COMPARE: Readonly<Record<Sort, Compare>> = {
  submitted: bySubmitted,
  wait: (a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting') || bySubmitted(b, a),
  patient: byName,
  stage: (a, b) => a.stage - b.stage || bySubmitted(a, b),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || bySubmitted(a, b),
}

/** The order without `gone` and with `fresh` at their places. */
export function patched(
  order: readonly Entry[],
  compare: Compare,
  gone: readonly Entry[],
  fresh: readonly Entry[],
): Entry[] {
  const leaving = new Set(gone)
  const joining = fresh.toSorted(compare)
  const result: Entry[] = []
  let next = 0
  for (const entry of order) {
    if (leaving.has(entry)) continue
    for (let join = joining[next]; join !== undefined && compare(join, entry) < 0; join = joining[++next])
      result.push(join)
    result.push(entry)
  }
  return result.concat(joining.slice(next))
}
