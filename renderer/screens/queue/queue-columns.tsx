import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { QueueQuery, QueueRow } from '../../../preload/contract/queue.ts'
import type { TextKey } from '../../text/table.ts'
import {
  DoctorCell,
  FlagsCell,
  LastReadCell,
  PatientCell,
  PhotosCell,
  StageCell,
  SubmittedCell,
  WaitCell,
} from './queue-cells.tsx'

/** Only what the store cannot do is done here: order, filter and paging are the query's. */
export const FEATURES = tableFeatures({})
const helper = createColumnHelper<typeof FEATURES, QueueRow>()

export type ColumnId = 'patient' | 'photos' | 'stage' | 'submitted' | 'wait' | 'doctor' | 'lastRead' | 'flags'

export const COLUMNS = helper.columns([
  helper.display({ id: 'patient', cell: ({ row }) => <PatientCell row={row.original} /> }),
  helper.display({ id: 'photos', cell: ({ row }) => <PhotosCell row={row.original} /> }),
  helper.display({ id: 'stage', cell: ({ row }) => <StageCell row={row.original} /> }),
  helper.display({ id: 'submitted', cell: ({ row }) => <SubmittedCell row={row.original} /> }),
  helper.display({ id: 'wait', cell: ({ row }) => <WaitCell row={row.original} /> }),
  helper.display({ id: 'doctor', cell: ({ row }) => <DoctorCell row={row.original} /> }),
  helper.display({ id: 'lastRead', cell: ({ row }) => <LastReadCell row={row.original} /> }),
  helper.display({ id: 'flags', cell: ({ row }) => <FlagsCell row={row.original} /> }),
])

type Look = {
  readonly title: TextKey
  readonly sort?: QueueQuery['sort']
  /** Numbers stand right. */
  readonly right?: true
  /** Left out where the table is narrow (`wide`) or very narrow (`medium`); the scan itself has the same words. */
  readonly onlyFrom?: 'wide' | 'medium'
}

export const LOOKS: Readonly<Record<ColumnId, Look>> = {
  patient: { title: 'queue.patient', sort: 'patient' },
  photos: { title: 'queue.photos', onlyFrom: 'medium' },
  stage: { title: 'queue.stage', sort: 'stage', right: true },
  submitted: { title: 'queue.submitted', sort: 'submitted', onlyFrom: 'wide' },
  wait: { title: 'queue.wait', sort: 'wait', right: true },
  doctor: { title: 'queue.doctor', onlyFrom: 'wide' },
  lastRead: { title: 'queue.lastRead', sort: 'state', onlyFrom: 'medium' },
  flags: { title: 'queue.flags' },
}

export function isColumnId(id: string): id is ColumnId {
  return id in LOOKS
}

/** Same tracks for header and rows; widths in steps of 4 px. */
export const GRID =
  'grid grid-cols-[minmax(160px,1.5fr)_76px_84px_148px_72px_minmax(112px,0.7fr)_minmax(196px,1.4fr)_minmax(120px,1fr)] @max-[1000px]:grid-cols-[minmax(132px,1.3fr)_76px_76px_72px_minmax(120px,1.2fr)_minmax(144px,1.1fr)] @max-[600px]:grid-cols-[minmax(88px,1.2fr)_72px_72px_minmax(104px,1.2fr)]'
