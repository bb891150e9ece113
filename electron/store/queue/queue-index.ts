import {
  type BuiltInLane,
  isBuiltIn,
  type Lane,
  type LaneCounts,
  type QueueQuery,
} from '../../../preload/contract/queue.ts'
import type { PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import type { ReadDb } from '../db.ts'
import { wordsOf } from '../fold.ts'
import { sql } from '../statements.ts'
import { findQueuePatient, listQueuePatients } from './lane-facts.ts'
import { createOwnLanes, isHeld, momentOf } from './own-lanes.ts'
import { createBlind } from './blind.ts'
import { type List, newList, owe, type QueueView, settled, viewOf } from './queue-lists.ts'
import { COMPARE, type Entry, type Group, isIn, type Row, type Sort, tally, type Who } from './queue-order.ts'

export type QueueIndex = {
  view(query: QueueQuery, nowMs: number, who?: Who): QueueView
  counts(search: string, nowMs: number, who?: Who): LaneCounts
  /** How many scans a lane of these conditions would hold. */
  wouldHold(lane: Pick<PracticeLane, 'conditions'>, nowMs: number, who?: Who): number
  /** After a committed change: these patients' rows are read again, and the practice's own lanes. */
  refresh(db: ReadDb, patientIds: Iterable<string>): void
}

const COLUMNS = `session_id AS id, patient_id AS patientId, name_key AS nameKey, search,
  submitted_at_ms AS submittedAtMs, coalesce(stage, -1) AS stage, state, flagged,
  first_scan AS firstScan, refinement, missing, asked, second`

/** All lanes in a sort or two, and a dozen of them in the other sorts. */
const LISTS_AT_MOST = 64
/** Each letter that is typed makes one: they must not push the lanes out. */
const SEARCHES_AT_MOST = 8
/** How the key of a list of a lane of the practice's own begins. */
const OWN_LIST = '["lane:'
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
  const found = new Map<string, List>()
  const searches = { last: 0 }
  const ownLanes = createOwnLanes(db)
  const blind = createBlind()

  const patients = listQueuePatients(db)
  for (const row of sql<Row>(db, `SELECT ${COLUMNS} FROM queue_row INDEXED BY queue_row_order`).all())
    add(row, (id) => patients.get(id))

  function add(row: Row, factsOf: (patientId: string) => Group['facts']): Entry {
    let group = groups.get(row.patientId)
    if (group === undefined)
      groups.set(row.patientId, (group = { rows: [], foundBy: 0, facts: factsOf(row.patientId) }))
    const entry: Entry = Object.assign(row, { group, ownState: row.state, own: 0 })
    entries.set(entry.id, entry)
    group.rows.push(entry)
    blind.note(entry)
    ownLanes.mark(entry)
    return entry
  }

  /** Scans that begin or cease to wait for whoever looks now move to their other places. */
  function lookAs(who: Who, nowMs: number): void {
    const moved = blind.lookAs(who, nowMs)
    for (const { from, to } of moved) {
      entries.set(to.id, to)
      ownLanes.mark(to)
      to.group.rows[to.group.rows.indexOf(from)] = to
    }
    if (moved.length > 0)
      oweAll(
        moved.map(({ from }) => from),
        moved.map(({ to }) => to),
      )
    if (ownLanes.bring(entries.values(), nowMs)) dropOwnLists()
  }

  /** Patients whose words match, and the number that marks them. Names, reference and doctor are the same on all rows. */
  function search(words: readonly string[]) {
    const mark = ++searches.last
    const matching: Group[] = []
    let rowCount = 0
    for (const group of groups.values()) {
      const text = group.rows[0]?.search ?? ''
      if (!words.every((word) => text.includes(word))) continue
      group.foundBy = mark
      matching.push(group)
      rowCount += group.rows.length
    }
    return { mark, groups: matching, rowCount }
  }

  function orderOf(sort: Sort): List {
    const known = orders.get(sort)
    if (known !== undefined) return settled(known)
    const order = newList(sort, () => true, [...entries.values()].toSorted(COMPARE[sort]))
    orders.set(sort, order)
    return order
  }

  /** Other conditions, or a later moment: other bits. */
  function dropOwnLists(): void {
    for (const kept of [lists, found]) for (const key of kept.keys()) if (key.startsWith(OWN_LIST)) kept.delete(key)
  }

  type Asked = { readonly lane: Lane; readonly sort: Sort; readonly words: readonly string[] }

  function listOf(asked: Asked, nowMs: number, who: Who): List {
    const { lane, sort, words } = asked
    if (lane === 'all' && words.length === 0) return orderOf(sort)
    const key = JSON.stringify([lane, sort, words, freshness(lane, nowMs, who)])
    const [kept, atMost] = words.length === 0 ? [lists, LISTS_AT_MOST] : [found, SEARCHES_AT_MOST]
    const known = kept.get(key)
    kept.delete(key)
    const list = known === undefined ? makeList(asked, nowMs, who) : settled(known)
    kept.set(key, list) // the last one looked at is the last one to go
    if (kept.size > atMost) kept.delete(kept.keys().next().value ?? '')
    return list
  }

  /** What a list of this lane depends on besides the rows: it is good as long as this stays the same. */
  function freshness(lane: Lane, nowMs: number, who: Who): unknown {
    if (lane === 'overdue') return Math.floor(nowMs / 60_000) // grows with time: good for a minute
    if (lane === 'asked') return [who?.personId, who?.mayDecide]
    return null
  }

  function makeList({ lane, sort, words }: Asked, nowMs: number, who: Who): List {
    const isInLane = isBuiltIn(lane) ? (entry: Entry) => isIn(lane, entry, nowMs, who) : ownLanes.holds(lane)
    if (words.length === 0) return newList(sort, isInLane, baseOf(lane, sort, nowMs, who).filter(isInLane))
    const holds = (entry: Entry) => isInLane(entry) && words.every((word) => entry.search.includes(word))
    const { mark, groups: matching, rowCount } = search(words)
    if (rowCount < entries.size * FEW) {
      const few = matching.flatMap((group) => group.rows).filter(isInLane)
      return newList(sort, holds, few.toSorted(COMPARE[sort]))
    }
    const whole = listOf({ lane, sort, words: [] }, nowMs, who).entries
    return newList(
      sort,
      holds,
      whole.filter((entry) => entry.group.foundBy === mark),
    )
  }

  /** Most of the lanes are parts of what waits, and that is mostly a small part of all. */
  function baseOf(lane: Lane, sort: Sort, nowMs: number, who: Who): readonly Entry[] {
    const isPart = !isBuiltIn(lane) || PARTS_OF_WAITING.has(lane)
    return isPart ? listOf({ lane: 'waiting', sort, words: [] }, nowMs, who).entries : orderOf(sort).entries
  }

  function counts(text: string, nowMs: number, who: Who): LaneCounts {
    lookAs(who, nowMs)
    const words = wordsOf(text)
    const sums = noCounts()
    const own = ownLanes.newSums()
    for (const { rows } of words.length === 0 ? groups.values() : search(words).groups)
      for (const entry of rows) {
        tally(sums, entry, nowMs, who)
        own[entry.own] = (own[entry.own] ?? 0) + 1
      }
    return { ...ownLanes.counts(own), ...sums }
  }

  function refresh(from: ReadDb, patientIds: Iterable<string>): void {
    const gone: Entry[] = []
    const fresh: Entry[] = []
    for (const patientId of patientIds) {
      for (const entry of groups.get(patientId)?.rows ?? []) {
        entries.delete(entry.id)
        blind.forget(entry)
        gone.push(entry)
      }
      groups.delete(patientId)
      const rows = sql<Row>(from, `SELECT ${COLUMNS} FROM queue_row WHERE patient_id = ?`).all(patientId)
      for (const row of rows) fresh.push(add(row, (id) => findQueuePatient(from, id)))
    }
    if (ownLanes.refresh(from)) dropOwnLists()
    oweAll(gone, fresh)
  }

  function oweAll(gone: readonly Entry[], fresh: readonly Entry[]): void {
    for (const known of [orders, lists, found] as Map<string, List>[]) // all by some name
      for (const [name, list] of known) if (!owe(list, gone, fresh)) known.delete(name)
  }

  return {
    view: ({ lane, sort, search: text, descending }, nowMs, who = null) => {
      lookAs(who, nowMs)
      return viewOf(listOf({ lane, sort, words: wordsOf(text) }, nowMs, who), { descending, who }, entries)
    },
    counts: (text, nowMs, who = null) => counts(text, nowMs, who),
    wouldHold: (lane, nowMs, who = null) => {
      lookAs(who, nowMs)
      const at = momentOf(nowMs)
      let count = 0
      for (const entry of entries.values()) if (isHeld(lane, entry, at)) count += 1
      return count
    },
    refresh,
  }
}

const PARTS_OF_WAITING: ReadonlySet<BuiltInLane> = new Set(['flagged', 'overdue', 'first_scan', 'refinement'])

function noCounts(): Record<BuiltInLane, number> {
  return {
    waiting: 0,
    flagged: 0,
    overdue: 0,
    first_scan: 0,
    refinement: 0,
    asked: 0,
    adjudicate: 0,
    reviewed: 0,
    all: 0,
  }
}
