import type { QueueRow } from '../../../preload/contract/queue.ts'
import { COMPARE, type Entry, isAsked, patched, placeOf, type Sort, type Who } from './queue-order.ts'

/** One order of one lane, as it stands now: good until the next change. */
export type QueueView = {
  readonly total: number
  ids(offset: number, limit: number): string[]
  /** Place of this session, or -1. */
  readonly indexOf: (id: string) => number
} & SeenBy
/** What a row says to whoever looks that it does not say to everybody. */
export type SeenBy = {
  /** Whether they are to read this scan as one that nobody has read. */
  readonly isBlind: (id: string) => boolean
  /** Whether they are to read any scan of this scan's patient so. */
  readonly isPatientBlind: (id: string) => boolean
  readonly marksOf: (id: string) => Marks
}
/** Of the patient as they stand, and of the person who looks. */
export type Marks = Pick<QueueRow, 'goals' | 'isAsked'>
/** A sorted list over the rows, and what changed since somebody last looked at it. */
export type List = {
  readonly sort: Sort
  readonly holds: (entry: Entry) => boolean
  entries: readonly Entry[]
  readonly gone: Set<Entry>
  readonly fresh: Set<Entry>
}

/** More changed rows than this, and a list is made anew when somebody looks at it. */
const OWED_AT_MOST = 2000

export function newList(sort: Sort, holds: List['holds'], entries: readonly Entry[]): List {
  return { sort, holds, entries, gone: new Set(), fresh: new Set() }
}

/** @returns false when so much has changed that the list is not worth keeping */
export function owe(list: List, gone: readonly Entry[], fresh: readonly Entry[]): boolean {
  for (const entry of gone) if (!list.fresh.delete(entry)) list.gone.add(entry)
  for (const entry of fresh) list.fresh.add(entry)
  return list.gone.size + list.fresh.size <= OWED_AT_MOST
}

export function settled(list: List): List {
  const { gone, fresh, holds } = list
  if (gone.size + fresh.size > 0)
    list.entries = patched(list.entries, COMPARE[list.sort], gone, [...fresh].filter(holds))
  gone.clear()
  fresh.clear()
  return list
}

type Looked = { readonly descending: boolean; readonly who: Who }

export function viewOf(
  { entries, sort }: List,
  { descending, who }: Looked,
  byId: ReadonlyMap<string, Entry>,
): QueueView {
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
    isBlind: (id) => isBlind(byId.get(id)),
    isPatientBlind: (id) => byId.get(id)?.group.rows.some(isBlind) === true,
    marksOf: (id) => {
      const entry = byId.get(id)
      const goals = entry?.group.facts?.goals ?? []
      return { goals: [...goals], isAsked: entry !== undefined && isAsked(entry, who) }
    },
  }
}

function isBlind(entry: Entry | undefined): boolean {
  return entry !== undefined && entry.state !== entry.ownState
}
