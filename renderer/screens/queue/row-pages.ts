import type { QueueRow } from '../../../preload/contract/queue.ts'

/** Rows are asked for in pages of this many. */
export const PAGE_ROWS = 100
/** Pages kept in memory: enough for any window height, however far somebody scrolls. */
const MAX_PAGES = 12

/** What is known of one query's rows. Immutable: a new answer makes a new one. */
export type RowPages = {
  readonly total: number | null
  readonly pages: ReadonlyMap<number, readonly QueueRow[]>
}

export const NO_ROWS: RowPages = { total: null, pages: new Map() }

export function findRow(rows: RowPages, index: number): QueueRow | undefined {
  return rows.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
}

export function findIndex(rows: RowPages, sessionId: string): number | undefined {
  for (const [page, list] of rows.pages) {
    const at = list.findIndex((row) => row.sessionId === sessionId)
    if (at !== -1) return page * PAGE_ROWS + at
  }
  return undefined
}

/** The pages that rows `first` to `last` lie on. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_ROWS)
  const to = Math.floor(Math.max(0, last) / PAGE_ROWS)
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

/**
 * Takes an answer in; the pages farthest from it are forgotten, and all that are not `current`: their rows have moved.
 */
export function withPage(
  rows: RowPages,
  page: number,
  { rows: list, total }: { readonly rows: readonly QueueRow[]; readonly total: number },
  current: ReadonlySet<number>,
): RowPages {
  const near = [...rows.pages].filter(([other]) => other !== page && current.has(other))
  near.sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page))
  return { total, pages: new Map([[page, list], ...near.slice(0, MAX_PAGES - 1)]) }
}
