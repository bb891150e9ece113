import { X } from 'lucide-react'
import type { RefObject } from 'react'
import { isBuiltIn, ownLane } from '../../../preload/contract/queue.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import type { TextKey } from '../../text/table.ts'
import { type Translate, useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Queue } from './queue-view.tsx'
import { findRow } from './row-pages.ts'

type Props = {
  readonly queue: Queue
  readonly unsentBecause: TextKey | null
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly onLeaveSearch: () => void
}

export function QueueHeader({ queue, unsentBecause, searchField, onLeaveSearch }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { search, setSearch, total, query, rows } = queue
  // Longest wait first: then the oldest is the first row, and nothing more needs to be asked.
  const isByWait = query.lane === 'waiting' && query.sort === 'wait' && query.descending && rows.shown === query
  const oldest = isByWait ? findRow(rows.rows, 0) : undefined
  return (
    <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
      <h1 className="text-15 font-semibold whitespace-nowrap">{t('queue.title')}</h1>
      <p role="status" className="min-w-0 truncate text-13 text-dim">
        {rows.rows.total !== null &&
          [
            ...laneName(queue, t),
            t(query.search === '' ? 'queue.count' : 'queue.found', { count: total }),
            ...(oldest === undefined ? [] : [t('queue.oldest', { span: times.span(nowMs - oldest.submittedAtMs) })]),
          ].join(' · ')}
      </p>
      {/* In the header's own line: coming and going, it moves no row. */}
      <p role="status" title={unsentBecause === null ? undefined : t(unsentBecause)} className="min-w-0 text-13">
        {unsentBecause !== null && (
          <StatusDot tone="minor" truncate>
            {t(unsentBecause)}
          </StatusDot>
        )}
      </p>
      <div className="relative ml-auto w-[340px] shrink-0 max-[1400px]:w-[280px]">
        <input
          ref={searchField}
          type="search"
          maxLength={200}
          aria-label={t('queue.searchLabel')}
          placeholder={t('queue.searchHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape' && search !== '') setSearch('')
            else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') onLeaveSearch()
            else return
            event.preventDefault()
          }}
          className="h-7 w-full rounded-[5px] border border-line bg-bg pr-9 pl-2.5 text-13 text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="absolute inset-y-0 right-2 flex items-center">
          {search === '' ? (
            <span aria-hidden>
              <CommandKeys id="queue.search" />
            </span>
          ) : (
            <button
              type="button"
              aria-label={t('queue.clearSearch')}
              onClick={() => setSearch('')}
              className="grid size-6 place-items-center rounded-[3px] text-dim hover:text-ink"
            >
              <X size={14} aria-hidden />
            </button>
          )}
        </span>
      </div>
    </header>
  )
}

/** Nothing for a lane of the practice's own whose rules are not known yet. */
function laneName({ query, ownLanes }: Queue, t: Translate): string[] {
  if (isBuiltIn(query.lane)) return [t(`lane.${query.lane}`)]
  return ownLanes.filter((own) => ownLane(own) === query.lane).map(({ name }) => name)
}
