import { useEffect, useRef, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import { MAX_PHOTO_BYTES } from '../../../server/contract/domain/photos.ts'
import { type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { HandlersFor } from '../../commands/table.ts'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { findImportGap, type ImportForm, today, toStartImport } from './import-form.ts'
import { useNow } from '../../ui/use-now.ts'
import { addStaged, assignView, type Staged, toggleMirrored } from './staged.ts'
import { useImports } from './use-imports.ts'

/** A folder may hold a whole practice; one scan has five photos, and some to choose from. */
export const MAX_FILES = 40

const emptyForm = (): ImportForm => ({ patient: null, capturedOn: today(Date.now()), stage: '', aligners: 'unknown' })

type Options = { readonly choose: () => void; readonly focusPatient: () => void }

export function useImport({ choose, focusPatient }: Options) {
  const port = usePort()
  const t = useText()
  const { imports, put } = useImports()
  const [photos, setPhotos] = useState<readonly Staged[]>([])
  const [focused, setFocused] = useState(0)
  const [form, setForm] = useState<ImportForm>(emptyForm)
  const [staging, setStaging] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const busy = useRef(false)

  const latest = useRef(photos)
  useEffect(() => {
    latest.current = photos
  })
  useEffect(() => () => latest.current.forEach((staged) => URL.revokeObjectURL(staged.pictureUrl)), [])

  async function add(files: readonly File[]) {
    setTrouble(files.length > MAX_FILES ? t('import.tooMany', { count: MAX_FILES }) : null)
    for (const file of files.slice(0, MAX_FILES)) {
      setStaging(file.name)
      try {
        if (file.size > MAX_PHOTO_BYTES) throw new AppError('input.too-large')
        const bytes = new Uint8Array(await file.arrayBuffer())
        const photo = await port.call('import.stage', { name: file.name.slice(0, 255), bytes })
        const url = URL.createObjectURL(file)
        setPhotos((before) => {
          const after = addStaged(before, photo, url)
          if (after === before) URL.revokeObjectURL(url)
          return after
        })
      } catch (cause) {
        const { code } = AppError.from(cause)
        setTrouble(
          code === 'input.too-large'
            ? `${file.name}: ${t('refusal.too-large')}`
            : `${t('import.notRead', { name: file.name })} ${t(errorKey(code))}`,
        )
      }
    }
    setStaging(null)
  }
  const current = photos[Math.min(focused, photos.length - 1)]
  function assign(view: View | null, staged: Staged | undefined = current) {
    if (staged !== undefined) setPhotos((before) => assignView(before, staged.photo.hash, view))
  }
  function move(by: number) {
    setFocused((before) => Math.max(0, Math.min(photos.length - 1, Math.min(before, photos.length - 1) + by)))
  }
  function remove(staged: Staged) {
    URL.revokeObjectURL(staged.pictureUrl)
    setPhotos((before) => before.filter((other) => other !== staged))
  }
  const gap = findImportGap(form, photos, useNow())
  async function start() {
    if (busy.current) return
    const { patient } = form
    if (gap !== null || patient === null) {
      setTrouble(t(gap ?? 'import.needPatient'))
      return
    }
    busy.current = true
    try {
      put(await port.call('import.start', toStartImport(form, patient, photos, SessionId.parse(uuidv7()))))
      photos.forEach((staged) => URL.revokeObjectURL(staged.pictureUrl))
      setPhotos([])
      setForm(emptyForm())
      setFocused(0)
      setTrouble(null)
    } catch (cause) {
      setTrouble(t(errorKey(AppError.from(cause).code)))
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
  return {
    imports,
    photos,
    current,
    setFocused,
    form,
    setForm,
    staging,
    trouble,
    gap,
    add,
    assign,
    remove,
    start,
    commands,
    setPhotos,
  }
}
