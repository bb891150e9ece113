import { useEffect, useRef, useState } from 'react'
import { MAX_PHOTO_BYTES } from '../../../server/contract/domain/photos.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'
import type { DroppedFiles } from './dropped-files.ts'
import { type ImportForm, today } from './import-form.ts'
import { addStaged, type Staged } from './staged.ts'
import { MAX_FILES, type Trouble } from './trouble.ts'

const emptyForm = (): ImportForm => ({ patient: null, capturedOn: today(Date.now()), stage: '', aligners: 'unknown' })

export type Tray = ReturnType<typeof useTray>

/**
 * The scan that is being put together: its photos and its form. The shell keeps it, so that whoever looks something up
 * on another screen finds it again; locking and signing out drop it.
 */
export function useTray() {
  const port = usePort()
  const [photos, setPhotos] = useState<readonly Staged[]>([])
  const [focused, setFocused] = useState(0)
  const [form, setForm] = useState<ImportForm>(emptyForm)
  /** Names of the files that are being read: their photos are still to come. */
  const [reading, setReading] = useState<readonly string[]>([])
  const [troubles, setTroubles] = useState<readonly Trouble[]>([])

  const latest = useRef(photos)
  useEffect(() => {
    latest.current = photos
  })
  useEffect(() => () => latest.current.forEach(revoke), [])

  async function readOne(file: File) {
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
      setTroubles((before) => [...before, { kind: 'unread', name: file.name, code }])
    }
  }
  async function add({ files, unread }: DroppedFiles) {
    const taken = files.slice(0, MAX_FILES)
    const troublesNow: Trouble[] = unread.map((name) => ({ kind: 'unread', name, code: null }))
    if (files.length > MAX_FILES) troublesNow.push({ kind: 'tooMany' })
    // What is said of files that come at the same time stays.
    setTroubles((before) => (reading.length > 0 ? [...before, ...troublesNow] : troublesNow))
    setReading((before) => [...before, ...taken.map(({ name }) => name)])
    for (const file of taken) {
      await readOne(file)
      setReading((before) => before.toSpliced(before.indexOf(file.name), 1))
    }
  }
  function remove(staged: Staged) {
    revoke(staged)
    setPhotos((before) => before.filter((other) => other !== staged))
  }
  /** These are on their way to the server: what has come since is of the next scan. */
  function sent(gone: readonly Staged[]) {
    const hashes = new Set(gone.map(({ photo }) => photo.hash))
    gone.forEach(revoke)
    setPhotos((before) => before.filter(({ photo }) => !hashes.has(photo.hash)))
    setForm(emptyForm())
    setFocused(0)
    setTroubles([])
  }
  return {
    photos,
    setPhotos,
    focused,
    setFocused,
    form,
    setForm,
    reading,
    troubles,
    say: (trouble: Trouble) => setTroubles([trouble]),
    add,
    remove,
    sent,
  }
}

function revoke({ pictureUrl }: Staged) {
  URL.revokeObjectURL(pictureUrl)
}
