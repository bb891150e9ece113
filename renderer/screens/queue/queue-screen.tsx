import { useRef, useState } from 'react'
import type { AppState, SyncStatus } from '../../../preload/contract/app-state.ts'
import type { PatientId } from '../../../server/contract/domain/ids.ts'
import { mayDecide } from '../../../server/contract/domain/roles.ts'
import { focusScreen, useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { isConnecting } from '../../ports/connecting.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import type { TextKey } from '../../text/table.ts'
import { PatientDialog } from '../../patient/patient-dialog.tsx'
import { OpenElsewhereProvider } from './open-elsewhere.tsx'
import type { QueuePlace } from './queue-place.ts'
import { useFirstCopy } from './use-first-copy.ts'
import { QueueView } from './queue-view.tsx'
import { ROW_PX } from './queue-table.tsx'
import type { OnAhead } from './use-ahead.ts'
import { type OnOpening, type OnReview, useQueue } from './use-queue.ts'

type Props = {
  readonly app: AppState
  readonly place: QueuePlace
  readonly onPlace: (place: QueuePlace) => void
  readonly onReview: OnReview
  readonly onOpening: OnOpening
  readonly onAhead: OnAhead
  readonly onImport: () => void
}

export function QueueScreen({ app, place, onPlace, onReview, onOpening, onAhead, onImport }: Props) {
  const { sync } = useLiveState()
  const [patientId, setPatientId] = useState<PatientId | null>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const queue = useQueue({
    place,
    onPlace,
    onReview,
    onOpening,
    onAhead,
    onPatient: setPatientId,
    pageRows: () =>
      Math.max(1, Math.floor((document.querySelector('[data-queue-scroll]')?.clientHeight ?? 640) / ROW_PX) - 2),
    focusSearch: () => searchField.current?.select(),
  })
  useCommands('queue', queue.commands)
  useFocusOnOpen()
  return (
    <>
      <OpenElsewhereProvider>
        <QueueView
          queue={queue}
          searchField={searchField}
          onLeaveSearch={focusScreen}
          mayDecide={app.account !== null && mayDecide(app.account.person.roles)}
          unsentBecause={unsentBecause(sync)}
          hasSynced={sync === null || sync.lastSyncedAtMs !== null}
          firstCopy={useFirstCopy(sync)}
          onImport={onImport}
        />
      </OpenElsewhereProvider>
      <PatientDialog patientId={patientId} onClose={() => setPatientId(null)} />
    </>
  )
}

/** The ordinary offline day. Whatever takes a person to mend has a notice of its own (app/notices.ts). */
function unsentBecause(sync: SyncStatus | null): TextKey | null {
  const isPlain = sync?.connection === 'offline' && sync.reason !== 'server.silent' && !isConnecting(sync)
  return isPlain ? 'queue.offline' : null
}
