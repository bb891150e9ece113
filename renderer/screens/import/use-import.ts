import { useRef } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import { type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { HandlersFor } from '../../commands/table.ts'
import { usePort } from '../../ports/port-context.tsx'
import { findImportGap, toStartImport } from './import-form.ts'
import { useNow } from '../../ui/use-now.ts'
import { assignView, type Staged, toggleMirrored } from './staged.ts'
import { useImports } from './use-imports.ts'
import type { Tray } from './use-tray.ts'

type Options = { readonly tray: Tray; readonly choose: () => void; readonly focusPatient: () => void }

export function useImport({ tray, choose, focusPatient }: Options) {
  const port = usePort()
  const { imports, put } = useImports()
  const { photos, setPhotos, focused, setFocused, form, reading } = tray
  const busy = useRef(false)

  const current = photos[Math.min(focused, photos.length - 1)]
  function assign(view: View | null, staged: Staged | undefined = current) {
    if (staged !== undefined) setPhotos((before) => assignView(before, staged.photo.hash, view))
  }
  function move(by: number) {
    setFocused((before) => Math.max(0, Math.min(photos.length - 1, Math.min(before, photos.length - 1) + by)))
  }
  const nowMs = useNow()
  // A photo that comes after its scan has gone would lie in the next one, which may be another patient's.
  const gap = reading.length > 0 ? 'import.stillReading' : findImportGap(form, photos, nowMs)
  async function start() {
    if (busy.current) return
    const { patient } = form
    if (gap !== null || patient === null) return tray.say({ kind: 'missing', key: gap ?? 'import.needPatient' })
    busy.current = true
    try {
      put(await port.call('import.start', toStartImport(form, patient, photos, SessionId.parse(uuidv7()))))
      tray.sent(photos)
    } catch (cause) {
      tray.say({ kind: 'notStarted', code: AppError.from(cause).code })
    } finally {
      busy.current = false
    }
  }
  const viewKey = (index: number) => () => assign(VIEWS[index] ?? null)
  const commands: HandlersFor<'import'> = {
    'import.choose': choose,
    'import.next': () => move(1),
    'import.previous': () => move(-1),
    'import.view1': viewKey(0),
    'import.view2': viewKey(1),
    'import.view3': viewKey(2),
    'import.view4': viewKey(3),
    'import.view5': viewKey(4),
    'import.noView': () => assign(null),
    'import.mirrored': () => {
      if (current !== undefined) setPhotos((before) => toggleMirrored(before, current.photo.hash))
    },
    'import.patient': focusPatient,
    'import.start': () => void start(),
  }
  // What was missing is said until it is there.
  const troubles = tray.troubles.filter((trouble) => trouble.kind !== 'missing' || trouble.key === gap)
  return { ...tray, troubles, imports, current, gap, start, commands }
}
