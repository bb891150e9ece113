import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton, useIsSlow } from '../../ui/skeleton.tsx'
import { FirstCopyEmpty } from './first-copy.tsx'
import { QueueTable } from './queue-table.tsx'
import type { Queue } from './queue-view.tsx'
import type { FirstCopy } from './use-first-copy.ts'

type Props = {
  readonly queue: Queue
  readonly hasSynced: boolean
  readonly firstCopy: FirstCopy | null
  readonly onImport: () => void
}

/** The middle of the screen: rows, or why there are none. */
export function QueueRows({ queue, hasSynced, firstCopy, onImport }: Props) {
  const t = useText()
  const { rows, query, setSearch } = queue
  const isSlow = useIsSlow(rows.isWaiting)
  const total = rows.rows.total
  return (
    // The screen's own root: arrows and letters act here, the selection is its focus mark.
    <div data-command-root data-queue-root tabIndex={-1} className="@container relative min-w-0 flex-1">
      {rows.failed !== null ? (
        <EmptyState title={t('queue.failed')} alert action={<Button onClick={rows.retry}>{t('common.retry')}</Button>}>
          {t('queue.failedSafe')} {t(errorKey(rows.failed.code))}
        </EmptyState>
      ) : total === null ? (
        isSlow && <SkeletonRows />
      ) : total > 0 ? (
        <QueueTable queue={queue} />
      ) : query.search !== '' ? (
        <EmptyState
          title={t('queue.emptySearch')}
          action={<Button onClick={() => setSearch('')}>{t('queue.clearSearch')}</Button>}
        >
          {t('queue.emptySearchHelp')}
        </EmptyState>
      ) : firstCopy !== null ? (
        <FirstCopyEmpty copy={firstCopy} />
      ) : !hasSynced ? (
        <EmptyState title={t('queue.emptyFirst')} action={<Button onClick={onImport}>{t('import.title')}</Button>}>
          {t('queue.emptyFirstHelp')}
        </EmptyState>
      ) : query.lane === 'waiting' ? (
        <EmptyState title={t('queue.emptyWaiting')}>{t('queue.emptyWaitingHelp')}</EmptyState>
      ) : (
        <EmptyState title={t('queue.emptyLane')} />
      )}
    </div>
  )
}

function SkeletonRows() {
  const t = useText()
  return (
    <div role="status" aria-label={t('common.loading')}>
      <div className="h-7 border-b border-line" />
      {Array.from({ length: 24 }, (_, i) => (
        <div key={i} className="flex h-8 items-center gap-6 border-b border-row-line px-3">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-[26px] w-10" />
          <Skeleton className="h-3 w-12" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-48" />
        </div>
      ))}
    </div>
  )
}
