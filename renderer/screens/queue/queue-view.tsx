import type { RefObject } from 'react'
import { Banner } from '../../ui/banner.tsx'
import type { TextKey } from '../../text/table.ts'
import { useText } from '../../text/text-context.tsx'
import { FirstCopyStrip } from './first-copy.tsx'
import { LaneList } from './lane-list.tsx'
import { QueueHeader } from './queue-header.tsx'
import { QueueRows } from './queue-rows.tsx'
import { ScanPreview } from './scan-preview.tsx'
import type { FirstCopy } from './use-first-copy.ts'
import type { useQueue } from './use-queue.ts'

export type Queue = ReturnType<typeof useQueue>

type Props = {
  readonly queue: Queue
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly onLeaveSearch: () => void
  readonly mayDecide: boolean
  /** Why nothing is sent or received now; null when all is well or another place says it. */
  readonly unsentBecause: TextKey | null
  /** False before the first pull: an empty list then means something else. */
  readonly hasSynced: boolean
  /** While the practice comes to this computer for the first time. */
  readonly firstCopy: FirstCopy | null
  readonly onImport: () => void
}

export function QueueView(props: Props) {
  const { queue, searchField, onLeaveSearch, mayDecide, unsentBecause, firstCopy } = props
  const t = useText()
  return (
    <main className="flex h-full flex-col">
      <QueueHeader
        queue={queue}
        unsentBecause={unsentBecause}
        searchField={searchField}
        onLeaveSearch={onLeaveSearch}
      />
      {queue.openFailed && (
        <Banner tone="off" alert>
          {t('queue.failed')}
        </Banner>
      )}
      <div className="flex min-h-0 flex-1">
        <LaneList lane={queue.query.lane} ownLanes={queue.ownLanes} counts={queue.counts} onLane={queue.setLane} />
        <QueueRows {...props} />
        <ScanPreview row={queue.rows.failed === null ? queue.selected : undefined} mayDecide={mayDecide} />
      </div>
      {/* An empty table shows the same, larger, in its middle. */}
      {firstCopy !== null && (queue.rows.rows.total !== 0 || queue.query.search !== '') && (
        <FirstCopyStrip copy={firstCopy} />
      )}
    </main>
  )
}
