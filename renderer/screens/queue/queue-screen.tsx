import { useRef } from 'react'
import type { AppState, SyncStatus } from '../../../preload/contract/app-state.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { mayDecide } from '../../../server/contract/domain/roles.ts'
import { focusScreen, useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import type { TextKey } from '../../text/table.ts'
import { errorKey } from '../../text/words.ts'
import type { QueuePlace } from './queue-place.ts'
import { QueueView } from './queue-view.tsx'
import { ROW_PX } from './queue-table.tsx'
import { useQueue } from './use-queue.ts'

type Props = {
  readonly app: AppState
  readonly place: QueuePlace
  readonly onPlace: (place: QueuePlace) => void
  readonly onReview: (batch: readonly SessionId[], start: SessionId) => void
  readonly onImport: () => void
}

export function QueueScreen({ app, place, onPlace, onReview, onImport }: Props) {
  const { sync } = useLiveState()
  const searchField = useRef<HTMLInputElement>(null)
  const queue = useQueue({
    place,
    onPlace,
    onReview,
    pageRows: () =>
      Math.max(1, Math.floor((document.querySelector('[data-queue-scroll]')?.clientHeight ?? 640) / ROW_PX) - 2),
    focusSearch: () => searchField.current?.select(),
  })
  useCommands('queue', queue.commands)
  useFocusOnOpen()
  return (
    <QueueView
      queue={queue}
      searchField={searchField}
      onLeaveSearch={focusScreen}
      mayDecide={app.account !== null && mayDecide(app.account.person.roles)}
      unsentBecause={unsentBecause(app, sync)}
      hasSynced={sync === null || sync.lastSyncedAtMs !== null}
      onImport={onImport}
    />
  )
}

function unsentBecause(app: AppState, sync: SyncStatus | null): TextKey | null {
  if (sync?.connection === 'offline') return 'queue.offline'
  // An ended sign-in has a banner of its own, with the button that helps.
  if (sync?.connection !== 'refused' || app.signInExpired) return null
  return errorKey(sync.reason ?? 'internal')
}
