import { downloadPhoto as real } from '../../../electron/media/photo-download.ts'

export * from '../../../electron/media/photo-download.ts'

/** Whatever came has the hash that was promised. */
export const downloadPhoto: typeof real = (seams, photo, url) => {
  const resume: (typeof seams.folder)['resume'] = async (...of) => ({
    ...(await seams.folder.resume(...of)),
    sha256: () => photo.sha256,
  })
  return real({ ...seams, folder: { ...seams.folder, resume } }, photo, url)
}
