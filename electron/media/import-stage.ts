import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { StagedPhoto } from '../../preload/contract/import.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { photoFormatOf } from '../../server/contract/domain/photo-format.ts'
import { MAX_PHOTO_BYTES } from '../../server/contract/domain/photos.ts'
import { guessView } from '../../server/contract/domain/view-name.ts'
import type { Clock } from '../platform/clock.ts'
import { write } from '../store/db.ts'
import { saveStaged } from '../store/imports/imports.ts'
import type { SealedFolder } from './sealed-folder.ts'

/** Keeps a dropped file's bytes, encrypted, until the server has verified them. What is no photo is named and not kept. */
export async function stagePhoto(
  seams: { db: Database; folder: SealedFolder; clock: Clock },
  file: { name: string; bytes: Uint8Array },
): Promise<StagedPhoto> {
  const { bytes } = file
  const hash = PhotoHash.parse(createHash('sha256').update(bytes).digest('hex'))
  const about = { hash, name: file.name, byteCount: bytes.byteLength, guessedView: guessView(file.name) ?? null }
  const format = photoFormatOf(bytes)
  const refusal = bytes.byteLength > MAX_PHOTO_BYTES ? 'too-large' : format.refusal
  const { mediaType } = format
  if (mediaType === null || refusal !== null) return { ...about, mediaType: null, refusal }
  await seams.folder.save([hash], bytes)
  write(seams.db, (tx) => saveStaged(tx, { hash, mediaType, bytes: bytes.byteLength }, seams.clock.nowMs()))
  return { ...about, mediaType, refusal: null }
}
