import { COMPARE, type Entry, patched, placeOf, type Sort } from './queue-order.ts'

/** One order of one lane, as it stands now: good until the next change. */
export type QueueView = {
  readonly total: number
  ids(offset: number, limit: number): string[]
  /** Place of this session, or -1. */
  readonly indexOf: (id: string) => number
  /** Whether they who look are to read this scan as one that nobody has read. */
  readonly isBlind: (id: string) => boolean
}
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

export function viewOf({ entries, sort }: List, descending: boolean, byId: ReadonlyMap<string, Entry>): QueueView {
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
    isBlind: (id) => {
      const entry = byId.get(id)
      return entry !== undefined && entry.state !== entry.ownState
    },
  }
}
