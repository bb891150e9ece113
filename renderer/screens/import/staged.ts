import type { StagedPhoto } from '../../../preload/contract/import.ts'
import type { Mirrored, View } from '../../../server/contract/domain/views.ts'

/** A photo on the import screen: its facts from the host, its picture from the file itself. */
export type Staged = {
  readonly photo: StagedPhoto
  /** Object URL of the chosen file, revoked when the photo leaves the screen. */
  readonly pictureUrl: string
  readonly view: View | null
  readonly mirrored: Mirrored
}

/** Gives one photo a view; whichever had it loses it. Null takes the view away. Refused photos never get one. */
export function assignView(photos: readonly Staged[], hash: string, view: View | null): Staged[] {
  return photos.map((staged) => {
    if (staged.photo.hash === hash) return staged.photo.refusal === null ? { ...staged, view } : staged
    return staged.view === view && view !== null ? { ...staged, view: null } : staged
  })
}

/** A new photo keeps its guessed view only when no other photo has it. The same photo twice stays one. */
export function addStaged(photos: readonly Staged[], photo: StagedPhoto, pictureUrl: string): readonly Staged[] {
  if (photos.some((staged) => staged.photo.hash === photo.hash)) return photos
  const isFree = photos.every((staged) => staged.view !== photo.guessedView)
  const view = photo.refusal === null && isFree ? photo.guessedView : null
  return [...photos, { photo, pictureUrl, view, mirrored: 'none' }]
}

export function toggleMirrored(photos: readonly Staged[], hash: string): Staged[] {
  return photos.map((staged) =>
    staged.photo.hash === hash
      ? { ...staged, mirrored: staged.mirrored === 'none' ? ('uncorrected' as const) : ('none' as const) }
      : staged,
  )
}
