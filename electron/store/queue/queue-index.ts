import type { Lane, QueueQuery } from '../../../preload/contract/queue.ts'
import { ReviewState } from '../../../server/contract/domain/reads.ts'
import type { ReadDb } from '../db.ts'
import { wordsOf } from '../fold.ts'
import { sql } from '../statements.ts'

/** A scan that waits longer than this is overdue. */
export const OVERDUE_AFTER_MS = 48 * 60 * 60 * 1000
const LANES = ['waiting', 'flagged', 'overdue', 'first_scan', 'refinement', 'adjudicate', 'reviewed', 'all'] as const
const STATES: readonly string[] = ReviewState.options

type Entry = {
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
type Sort = QueueQuery['sort']

export type QueueIndex = {
  /** Session ids in the order asked for. Shared: not to be changed. */
  list(query: QueueQuery, nowMs: number): readonly string[]
  counts(search: string, nowMs: number): Record<Lane, number>
  /** After a committed change: these patients' rows are read again. */
  refresh(db: ReadDb, patientIds: Iterable<string>): void
}

const COLUMNS = `session_id AS id, patient_id AS patientId, name_key AS nameKey, search,
  submitted_at_ms AS submittedAtMs, coalesce(stage, -1) AS stage, state, flagged,
  first_scan AS firstScan, refinement`

/** More changed rows than this, and sorting anew is cheaper than moving single rows. */
const PATCH_AT_MOST = 2000
const CACHED_LISTS = 24

/**
 * The order of the queue in memory: five sorted lists over all rows, patched as rows change. SQL alone cannot give
 * page, counts and search over 100,000 encrypted rows within 8 ms; this needs no page of the file at all.
 * Lives and dies with the open store.
 */
export function createQueueIndex(db: ReadDb): QueueIndex {
  const entries = new Map<string, Entry>()
  const ofPatient = new Map<string, Entry[]>()
  const orders = new Map<Sort, Entry[]>()
  const debts = new Map<Sort, { gone: readonly Entry[]; fresh: readonly Entry[] }[]>()
  const lists = new Map<string, readonly string[]>()
  const found = new Map<string, ReadonlySet<string>>()

  for (const entry of sql<Entry>(db, `SELECT ${COLUMNS} FROM queue_row`).all()) add(entry)

  function add(entry: Entry): void {
    entries.set(entry.id, entry)
    const rows = ofPatient.get(entry.patientId)
    if (rows === undefined) ofPatient.set(entry.patientId, [entry])
    else rows.push(entry)
  }

  /** Orders that nobody looks at are patched when somebody does; after many changes they are made anew. */
  function settleDebts(sort: Sort): void {
    const owed = debts.get(sort) ?? []
    debts.delete(sort)
    const order = orders.get(sort)
    if (order === undefined || owed.length === 0) return
    if (owed.length > 20) return void orders.delete(sort)
    orders.set(
      sort,
      owed.reduce((now, { gone, fresh }) => patched(now, COMPARE[sort], gone, fresh), order),
    )
  }

  function orderOf(sort: Sort): Entry[] {
    settleDebts(sort)
    let order = orders.get(sort)
    if (order === undefined) orders.set(sort, (order = [...entries.values()].toSorted(COMPARE[sort])))
    return order
  }

  /** Patients whose words match: names, reference and doctor are the same on all of a patient's rows. */
  function patientsMatching(search: string): ReadonlySet<string> | undefined {
    const words = wordsOf(search)
    if (words.length === 0) return undefined
    const key = words.join(' ')
    const known = found.get(key)
    if (known !== undefined) return known
    const matching = new Set<string>()
    for (const [patientId, rows] of ofPatient) {
      const text = rows[0]?.search ?? ''
      if (words.every((word) => text.includes(word))) matching.add(patientId)
    }
    remember(found, key, matching)
    return matching
  }

  function list(query: QueueQuery, nowMs: number): readonly string[] {
    // Overdue grows with time: its list is good for a minute.
    const minute = query.lane === 'overdue' ? Math.floor(nowMs / 60_000) : 0
    const key = JSON.stringify([query.lane, query.sort, query.descending, wordsOf(query.search), minute])
    const known = lists.get(key)
    if (known !== undefined) return known
    const matching = patientsMatching(query.search)
    const ids: string[] = []
    for (const entry of orderOf(query.sort)) {
      if (matching !== undefined && !matching.has(entry.patientId)) continue
      if (isIn(query.lane, entry, nowMs)) ids.push(entry.id)
    }
    if (query.descending) ids.reverse()
    remember(lists, key, ids)
    return ids
  }

  function counts(search: string, nowMs: number): Record<Lane, number> {
    const matching = patientsMatching(search)
    const sums = {
      waiting: 0,
      flagged: 0,
      overdue: 0,
      first_scan: 0,
      refinement: 0,
      adjudicate: 0,
      reviewed: 0,
      all: 0,
    }
    const count = (entry: Entry) => {
      for (const lane of LANES) if (isIn(lane, entry, nowMs)) sums[lane] += 1
    }
    if (matching === undefined) for (const entry of entries.values()) count(entry)
    else for (const patientId of matching) ofPatient.get(patientId)?.forEach(count)
    return sums
  }

  function refresh(from: ReadDb, patientIds: Iterable<string>): void {
    const changed = [...patientIds]
    const gone: Entry[] = []
    const fresh: Entry[] = []
    for (const patientId of changed) {
      for (const entry of ofPatient.get(patientId) ?? []) {
        entries.delete(entry.id)
        gone.push(entry)
      }
      ofPatient.delete(patientId)
      const rows = sql<Entry>(from, `SELECT ${COLUMNS} FROM queue_row WHERE patient_id = ?`).all(patientId)
      for (const entry of rows) {
        add(entry)
        fresh.push(entry)
      }
    }
    if (gone.length + fresh.length > PATCH_AT_MOST) {
      orders.clear()
      debts.clear()
    }
    for (const sort of orders.keys()) debts.set(sort, [...(debts.get(sort) ?? []), { gone, fresh }])
    lists.clear()
    found.clear()
  }

  return { list, counts, refresh }
}

/** `flagged`, `overdue`, `first_scan` and `refinement` are work lists: parts of what waits. */
function isIn(lane: Lane, entry: Entry, nowMs: number): boolean {
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

type Compare = (a: Entry, b: Entry) => number
const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const bySubmitted: Compare = (a, b) => a.submittedAtMs - b.submittedAtMs || byId(a, b)
const byName: Compare = (a, b) => (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : bySubmitted(a, b))

/** Ascending. A decided scan waits no longer: it comes before every waiting one, so that descending shows the longest wait first. */
const COMPARE: Readonly<Record<Sort, Compare>> = {
  submitted: bySubmitted,
  wait: (a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting') || bySubmitted(b, a),
  patient: byName,
  stage: (a, b) => a.stage - b.stage || bySubmitted(a, b),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || bySubmitted(a, b),
}

function patched(order: readonly Entry[], compare: Compare, gone: readonly Entry[], fresh: readonly Entry[]): Entry[] {
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

function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= CACHED_LISTS) cache.delete(cache.keys().next().value ?? '')
  cache.set(key, value)
}
