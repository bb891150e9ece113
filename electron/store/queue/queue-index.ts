import { type BuiltInLane, isBuiltIn, type Lane, type QueueQuery } from '../../../preload/contract/queue.ts'
import type { ReadDb } from '../db.ts'
import { wordsOf } from '../fold.ts'
import { sql } from '../statements.ts'
import { COMPARE, type Entry, type Group, isIn, patched, placeOf, type Row, type Sort, tally } from './queue-order.ts'

/** One order of one lane, as it stands now: good until the next change. */
export type QueueView = {
  readonly total: number
  ids(offset: number, limit: number): string[]
  /** Place of this session, or -1. */
  indexOf(id: string): number
}
export type QueueIndex = {
  view(query: QueueQuery, nowMs: number): QueueView
  counts(search: string, nowMs: number): Record<BuiltInLane, number>
  /** After a committed change: these patients' rows are read again. */
  refresh(db: ReadDb, patientIds: Iterable<string>): void
}

/** A sorted list over the rows, and what changed since somebody last looked at it. */
type List = {
  readonly sort: Sort
  readonly holds: (entry: Entry) => boolean
  entries: readonly Entry[]
  readonly gone: Set<Entry>
  readonly fresh: Set<Entry>
}

const COLUMNS = `session_id AS id, patient_id AS patientId, name_key AS nameKey, search,
  submitted_at_ms AS submittedAtMs, coalesce(stage, -1) AS stage, state, flagged,
  first_scan AS firstScan, refinement`

/** More changed rows than this, and a list is made anew when somebody looks at it. */
const OWED_AT_MOST = 2000
const LISTS_AT_MOST = 32
/** A search that finds fewer rows than this share of all is sorted by itself rather than picked out of the whole order. */
const FEW = 1 / 16

/**
 * The order of the queue in memory: sorted lists over all rows, patched as rows change. SQL alone cannot give page,
 * counts and search over 100,000 encrypted rows within 8 ms; this needs no page of the file at all.
 * Lives and dies with the open store.
 */
export function createQueueIndex(db: ReadDb): QueueIndex {
  const entries = new Map<string, Entry>()
  const groups = new Map<string, Group>()
  const orders = new Map<Sort, List>()
  const lists = new Map<string, List>()
  const searches = { last: 0 }

  for (const row of sql<Row>(db, `SELECT ${COLUMNS} FROM queue_row INDEXED BY queue_row_order`).all()) add(row)

  function add(row: Row): Entry {
    let group = groups.get(row.patientId)
    if (group === undefined) groups.set(row.patientId, (group = { rows: [], foundBy: 0 }))
    const entry: Entry = Object.assign(row, { group })
    entries.set(entry.id, entry)
    group.rows.push(entry)
    return entry
  }

  /** Patients whose words match, and the number that marks them. Names, reference and doctor are the same on all rows. */
  function search(words: readonly string[]) {
    const mark = ++searches.last
    const found: Group[] = []
    let rowCount = 0
    for (const group of groups.values()) {
      const text = group.rows[0]?.search ?? ''
      if (!words.every((word) => text.includes(word))) continue
      group.foundBy = mark
      found.push(group)
      rowCount += group.rows.length
    }
    return { mark, found, rowCount }
  }

  function orderOf(sort: Sort): List {
    const known = orders.get(sort)
    if (known !== undefined) return settled(known)
    const order = newList(sort, () => true, [...entries.values()].toSorted(COMPARE[sort]))
    orders.set(sort, order)
    return order
  }

  function listOf({ lane, sort, search: text }: QueueQuery, nowMs: number): List {
    const words = wordsOf(text)
    if (lane === 'all' && words.length === 0) return orderOf(sort)
    // Overdue grows with time: its list is good for a minute.
    const minute = lane === 'overdue' ? Math.floor(nowMs / 60_000) : 0
    const key = JSON.stringify([lane, sort, words, minute])
    const known = lists.get(key)
    lists.delete(key)
    const list = known === undefined ? makeList(lane, sort, words, nowMs) : settled(known)
    lists.set(key, list) // the last one looked at is the last one to go
    if (lists.size > LISTS_AT_MOST) lists.delete(lists.keys().next().value ?? '')
    return list
  }

  function makeList(lane: Lane, sort: Sort, words: readonly string[], nowMs: number): List {
    const isInLane = (entry: Entry) => isBuiltIn(lane) && isIn(lane, entry, nowMs)
    if (words.length === 0) return newList(sort, isInLane, orderOf(sort).entries.filter(isInLane))
    const holds = (entry: Entry) => isInLane(entry) && words.every((word) => entry.search.includes(word))
    const { mark, found, rowCount } = search(words)
    if (rowCount < entries.size * FEW) {
      const few = found.flatMap((group) => group.rows).filter(isInLane)
      return newList(sort, holds, few.toSorted(COMPARE[sort]))
    }
    const many = orderOf(sort).entries.filter((entry) => entry.group.foundBy === mark && isInLane(entry))
    return newList(sort, holds, many)
  }

  function counts(text: string, nowMs: number): Record<BuiltInLane, number> {
    const words = wordsOf(text)
    const sums = noCounts()
    for (const { rows } of words.length === 0 ? groups.values() : search(words).found)
      for (const entry of rows) tally(sums, entry, nowMs)
    return sums
  }

  function refresh(from: ReadDb, patientIds: Iterable<string>): void {
    const gone: Entry[] = []
    const fresh: Entry[] = []
    for (const patientId of patientIds) {
      for (const entry of groups.get(patientId)?.rows ?? []) {
        entries.delete(entry.id)
        gone.push(entry)
      }
      groups.delete(patientId)
      const rows = sql<Row>(from, `SELECT ${COLUMNS} FROM queue_row WHERE patient_id = ?`).all(patientId)
      for (const row of rows) fresh.push(add(row))
    }
    for (const known of [orders, lists] as Map<string, List>[]) // both by some name
      for (const [name, list] of known) if (!owe(list, gone, fresh)) known.delete(name)
  }

  return { view: (query, nowMs) => viewOf(listOf(query, nowMs), query.descending, entries), counts, refresh }
}

function noCounts(): Record<BuiltInLane, number> {
  return { waiting: 0, flagged: 0, overdue: 0, first_scan: 0, refinement: 0, asked: 0, adjudicate: 0, reviewed: 0, all: 0 }
}

function newList(sort: Sort, holds: List['holds'], entries: readonly Entry[]): List {
  return { sort, holds, entries, gone: new Set(), fresh: new Set() }
}

/** @returns false when so much has changed that the list is not worth keeping */
function owe(list: List, gone: readonly Entry[], fresh: readonly Entry[]): boolean {
  for (const entry of gone) if (!list.fresh.delete(entry)) list.gone.add(entry)
  for (const entry of fresh) list.fresh.add(entry)
  return list.gone.size + list.fresh.size <= OWED_AT_MOST
}

function settled(list: List): List {
  const { gone, fresh, holds } = list
  if (gone.size + fresh.size > 0)
    list.entries = patched(list.entries, COMPARE[list.sort], gone, [...fresh].filter(holds))
  gone.clear()
  fresh.clear()
  return list
}

function viewOf({ entries, sort }: List, descending: boolean, byId: ReadonlyMap<string, Entry>): QueueView {
  const total = entries.length
  return {
    total,
    ids: (offset, limit) => {
      const part = descending
        ? entries.slice(Math.max(0, total - offset - limit), Math.max(0, total - offset)).toReversed()
        : entries.slice(offset, offset + limit)
      return part.map((entry) => entry.id)
    },
    indexOf: (id) => {
      const entry = byId.get(id)
      const at = entry === undefined ? -1 : placeOf(entries, entry, COMPARE[sort])
      if (at === -1 || entries[at] !== entry) return -1
      return descending ? total - 1 - at : at
    },
  }
}
