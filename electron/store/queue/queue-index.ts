import { Lane, type QueueQuery } from '../../../preload/contract/queue.ts'
import type { ReadDb } from '../db.ts'
import { wordsOf } from '../fold.ts'
import { sql } from '../statements.ts'
import { COMPARE, type Entry, isIn, patched, type Sort } from './queue-order.ts'

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
/** An order that nobody has looked at for more changes than this is forgotten. */
const OWED_AT_MOST = 20
const CACHED_LISTS = 24

type Debt = { readonly gone: readonly Entry[]; readonly fresh: readonly Entry[] }

/**
 * The order of the queue in memory: five sorted lists over all rows, patched as rows change. SQL alone cannot give
 * page, counts and search over 100,000 encrypted rows within 8 ms; this needs no page of the file at all.
 * Lives and dies with the open store.
 */
export function createQueueIndex(db: ReadDb): QueueIndex {
  const entries = new Map<string, Entry>()
  const ofPatient = new Map<string, Entry[]>()
  const orders = new Map<Sort, Entry[]>()
  const debts = new Map<Sort, readonly Debt[]>()
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
    orders.set(
      sort,
      owed.reduce((now, { gone, fresh }) => patched(now, COMPARE[sort], gone, fresh), order),
    )
  }

  function owe(sort: Sort, debt: Debt): void {
    const owed = debts.get(sort) ?? []
    if (owed.length < OWED_AT_MOST) return void debts.set(sort, [...owed, debt])
    debts.delete(sort)
    orders.delete(sort)
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
      for (const lane of Lane.options) if (isIn(lane, entry, nowMs)) sums[lane] += 1
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
    for (const sort of orders.keys()) owe(sort, { gone, fresh })
    lists.clear()
    found.clear()
  }

  return { list, counts, refresh }
}

function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= CACHED_LISTS) cache.delete(cache.keys().next().value ?? '')
  cache.set(key, value)
}
