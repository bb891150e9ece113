import type { StartImport } from '../../../preload/contract/import.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { CalendarDay } from '../../../server/contract/domain/time.ts'
import type { Aligners } from '../../../server/contract/domain/views.ts'
import type { TextKey } from '../../text/table.ts'
import type { Staged } from './staged.ts'

export type ChosenPatient = { readonly input: StartImport['patient']; readonly label: string }

export type ImportForm = {
  readonly patient: ChosenPatient | null
  readonly capturedOn: string
  /** As typed; empty when not known. */
  readonly stage: string
  readonly aligners: Aligners
}

/** Today on this computer's calendar. */
export function today(nowMs: number): string {
  const now = new Date(nowMs)
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}

/** What is still missing, first thing first; null when the import can start. */
export function findImportGap(form: ImportForm, photos: readonly Staged[], nowMs: number): TextKey | null {
  if (photos.every((staged) => staged.view === null)) return 'import.needPhotos'
  if (form.patient === null) return 'import.needPatient'
  if (!CalendarDay.safeParse(form.capturedOn).success || form.capturedOn > today(nowMs)) return 'import.needDate'
  if (form.stage !== '' && (!/^\d{1,3}$/.test(form.stage) || Number(form.stage) > 200)) return 'import.needStage'
  return null
}

export function toStartImport(
  form: ImportForm,
  patient: ChosenPatient,
  photos: readonly Staged[],
  sessionId: SessionId,
): StartImport {
  return {
    sessionId,
    patient: patient.input,
    capturedOn: form.capturedOn,
    stage: form.stage === '' ? null : Number(form.stage),
    aligners: form.aligners,
    images: photos.flatMap(({ photo, view, mirrored }) =>
      view === null ? [] : [{ view, hash: photo.hash, mirrored }],
    ),
  }
}
