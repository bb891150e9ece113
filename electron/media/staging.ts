import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { StagedPhoto } from '../../preload/contract/import.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { photoFormatOf } from '../../server/contract/domain/photo-format.ts'
import { MAX_PHOTO_BYTES, MediaType } from '../../server/contract/domain/photos.ts'
import { guessView } from '../../server/contract/domain/view-name.ts'
import type { Clock } from '../platform/clock.ts'
import { createTurns } from '../platform/in-turn.ts'
import { write } from '../store/db.ts'
import { dropStaged, findStaged, listOpenImportHashes, listStagedBefore, saveStaged } from '../store/imports/imports.ts'
import { dropUpload } from '../store/imports/uploads.ts'
import type { SealedFolder } from './sealed-folder.ts'

/** What nobody has imported for so long is removed. */
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60 * 1000

/** Photos on their way from a person's folder to the server: encrypted here until the server has verified them. */
export type Staging = {
  /** What is no photo is named and not kept. @throws AppError `store.full` */
  stage(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<StagedPhoto>
  has(hash: string): boolean
  find(hash: string): Promise<{ bytes: Buffer; mediaType: MediaType } | undefined>
  /** After their session was published; what another import still needs stays. */
  forget(hashes: readonly string[]): Promise<void>
  forgetOld(): Promise<void>
}

export function openStaging(seams: { db: Database; folder: SealedFolder; clock: Clock }): Staging {
  const { db, folder, clock } = seams
  const inTurn = createTurns() // a photo staged again while it is being forgotten would lose its bytes
  const forget = async (hashes: readonly string[]) => {
    const needed = listOpenImportHashes(db)
    for (const hash of hashes) {
      if (needed.has(hash)) continue
      write(db, (tx) => {
        dropStaged(tx, hash)
        dropUpload(tx, hash)
      })
      await folder.remove([hash])
    }
  }
  return {
    stage: (file) => inTurn(() => stage(seams, file)),
    has: (hash) => findStaged(db, hash) !== undefined,
    find: async (hash) => {
      const staged = findStaged(db, hash)
      const bytes = staged === undefined ? undefined : await folder.find([hash])
      return staged === undefined || bytes === undefined
        ? undefined
        : { bytes, mediaType: MediaType.parse(staged.mediaType) }
    },
    forget: (hashes) => inTurn(() => forget(hashes)),
    forgetOld: () => inTurn(() => forget(listStagedBefore(db, clock.nowMs() - FORGOTTEN_AFTER_MS))),
  }
}

async function stage(
  { db, folder, clock }: { db: Database; folder: SealedFolder; clock: Clock },
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<StagedPhoto> {
  const hash = PhotoHash.parse(createHash('sha256').update(bytes).digest('hex'))
  const about = { hash, name, byteCount: bytes.byteLength, guessedView: guessView(name) ?? null }
  const format = photoFormatOf(bytes)
  const refusal = bytes.byteLength > MAX_PHOTO_BYTES ? 'too-large' : format.refusal
  const { mediaType } = format
  if (mediaType === null || refusal !== null) return { ...about, mediaType: null, refusal }
  await folder.save([hash], bytes)
  write(db, (tx) => saveStaged(tx, { hash, mediaType, bytes: bytes.byteLength }, clock.nowMs()))
  return { ...about, mediaType, refusal: null }
}
