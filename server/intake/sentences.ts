import { MAX_PHOTO_BYTES, type PhotoRefusal } from '../contract/domain/photos.ts'

/** What a person at the desk reads about a refused photo: what is wrong and what to do. */
export const REFUSAL_SENTENCES: Readonly<Record<PhotoRefusal, string>> = {
  empty: 'The file is empty. Copy it from the camera again.',
  'too-large': `The file is larger than ${MAX_PHOTO_BYTES / 1024 / 1024} MiB. Export it as a JPEG and send that.`,
  'length-differs': 'Not all of the file arrived. Send it again.',
  'hash-differs': 'The file changed on its way. Send it again.',
  'not-a-photo': 'This is not a photo. Check which file was named.',
  'unsupported-format': 'Loupe does not read this format. Convert it to JPEG first.',
  'too-many-pixels': 'The picture is larger than Loupe can open. Export it with at most 100 megapixels (HEIC: 50).',
  'too-small': 'The picture is too small to judge teeth. Send the original, not its thumbnail.',
  damaged: 'The file is damaged: parts of the picture are lost. Copy it from the camera again, or take a new photo.',
  truncated: 'The end of the file is missing. Copy it from the camera again.',
  'took-too-long': 'The picture could not be opened in time. Export it as a JPEG and send that.',
}
