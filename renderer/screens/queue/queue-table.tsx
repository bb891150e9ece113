import { type Row, type RowData, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { QueueQuery, QueueRow } from '../../../preload/contract/queue.ts'
import { useText } from '../../text/text-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { COLUMNS, type ColumnId, FEATURES, GRID, isColumnId, LOOKS } from './queue-columns.tsx'
import type { Queue } from './queue-view.tsx'
import { findRow } from './row-pages.ts'
import { hasFlags } from './row-words.ts'

export const ROW_PX = 32
/** The header sticks inside the scrolling grid, so that its columns stand exactly over theirs. */
const HEADER_PX = 28
const OVERSCAN = 12
const COLUMN_IDS = Object.keys(LOOKS).filter(isColumnId)

/** Only rows on screen exist. The grid keeps the focus; `aria-activedescendant` says which row is meant. */
export function QueueTable({ queue }: { readonly queue: Queue }) {
  const t = useText()
  const { rows, total, query, selectedIndex, press, open, sortBy } = queue
  const grid = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    initialRect: { width: 1200, height: 900 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const isSelectedThere = selectedIndex >= first && selectedIndex <= last
  const { show } = rows
  useEffect(() => show(first, last), [show, first, last])
  useLayoutEffect(() => {
    if (total > 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [virtual, selectedIndex, total])
  useEffect(() => {
    // Coming from another screen, or from none, nothing more exact holds the focus: the grid takes it.
    const holder = document.activeElement
    if (holder === document.body || holder?.hasAttribute('data-queue-root') === true)
      grid.current?.focus({ preventScroll: true })
  }, [])

  const onScreen = useMemo(() => {
    const found: QueueRow[] = []
    for (let index = first; index <= last; index++) {
      const row = findRow(rows.rows, index)
      if (row !== undefined) found.push(row)
    }
    return found
  }, [rows.rows, first, last])
  const table = useTable({ features: FEATURES, columns: COLUMNS, data: onScreen, getRowId: (row) => row.sessionId })
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]))

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      data-queue-scroll
      aria-label={t('queue.table')}
      aria-rowcount={total + 1}
      aria-activedescendant={isSelectedThere ? `scan-${selectedIndex}` : undefined}
      className="group/grid absolute inset-0 overflow-y-scroll tabular-nums outline-none [scrollbar-width:thin]"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg">
        <div role="row" aria-rowindex={1} className={`${GRID} h-[27px]`}>
          {COLUMN_IDS.map((id) => (
            <HeaderCell key={id} id={id} query={query} onSort={sortBy} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const data = findRow(rows.rows, index)
          return (
            <div
              key={index}
              id={`scan-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selectedIndex}
              onMouseDown={(event) => event.button === 0 && press(index, data)}
              onDoubleClick={() => void open(data)}
              style={{ transform: `translateY(${start - HEADER_PX}px)` }}
              className={`${GRID} absolute inset-x-0 top-0 h-8 border-b border-row-line hover:bg-panel aria-selected:border-selected-line aria-selected:bg-selected aria-selected:shadow-[0_-1px_0_var(--selected-line)] group-focus-visible/grid:aria-selected:shadow-[inset_2px_0_0_var(--accent),0_-1px_0_var(--selected-line)]`}
            >
              <RowCells row={data === undefined ? undefined : byId.get(data.sessionId)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

type HeaderProps = {
  readonly id: ColumnId
  readonly query: QueueQuery
  readonly onSort: (sort: QueueQuery['sort']) => void
}

const HIDDEN = { wide: '@max-[1000px]:hidden', medium: '@max-[600px]:hidden' } as const

function cellLook(id: ColumnId): string {
  const { right, onlyFrom } = LOOKS[id]
  return `flex min-w-0 items-center overflow-hidden px-3 whitespace-nowrap ${right === true ? 'justify-end' : ''} ${onlyFrom === undefined ? '' : HIDDEN[onlyFrom]}`
}

function HeaderCell({ id, query, onSort }: HeaderProps) {
  const t = useText()
  const { title, sort } = LOOKS[id]
  const isSorted = sort !== undefined && sort === query.sort
  const Arrow = query.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (query.descending ? 'descending' : 'ascending') : undefined}
      className={`${cellLook(id)} text-11 font-medium text-dim`}
    >
      {sort === undefined ? (
        t(title)
      ) : (
        <button
          type="button"
          onClick={() => onSort(sort)}
          className={`flex h-6 items-center gap-1 rounded-[3px] hover:text-ink ${isSorted ? 'text-ink' : ''}`}
        >
          {t(title)}
          {isSorted && <Arrow size={12} aria-hidden />}
        </button>
      )}
    </div>
  )
}

type RowProps = { readonly row: Row<typeof FEATURES, QueueRow & RowData> | undefined }

/** The table makes new rows at every scroll; the same scan looks the same. */
const RowCells = memo(function RowCells({ row }: RowProps) {
  if (row === undefined) {
    return (
      <div role="gridcell" className="flex items-center px-3">
        <Skeleton className="h-3 w-32" />
      </div>
    )
  }
  // Nothing to flag: the words of the last read have its room, and its cell is there for whoever walks by columns.
  const lends = !hasFlags(row.original)
  return row.getAllCells().map((cell) => {
    const { id } = cell.column
    if (!isColumnId(id)) return null
    const render = cell.column.columnDef.cell
    const look = lends && id === 'flags' ? 'sr-only' : cellLook(id)
    return (
      <div key={id} role="gridcell" className={lends && id === 'lastRead' ? `${look} col-span-2` : look}>
        {typeof render === 'function' ? render(cell.getContext()) : null}
      </div>
    )
  })
}, isSameScan)

function isSameScan(before: RowProps, after: RowProps): boolean {
  return before.row?.original === after.row?.original
}
