import type { QueueQuery } from '../../../preload/contract/queue.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'

/** Where a person was in the queue; kept by the shell, so that coming back from review finds the same place. */
export type QueuePlace = {
  readonly query: QueueQuery
  readonly selectedId: SessionId | null
  readonly selectedIndex: number
}

export const START_PLACE: QueuePlace = {
  query: { lane: 'waiting', sort: 'wait', descending: true, search: '' },
  selectedId: null,
  selectedIndex: 0,
}
