import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { forgetChecksOf } from '../compare/photo-checks.ts'
import { forgetPairsOf } from '../compare/photo-pairs.ts'
import { forgetCached } from './forgotten.ts'
import { type ScanColumns, scanOf } from '../sessions/packed-scan.ts'
import { sql } from '../statements.ts'
import { shortOf } from './hashes.ts'

export type PhotoKey = { readonly hash: string; readonly size: string }
export type KnownPhoto = PhotoKey & { readonly sha256: string; readonly bytes: number; readonly mediaType: string }

/** A photo of some scan on this computer, with the hash that its bytes must have; no other photo may be asked for. */
export function findKnownPhoto(db: ReadDb, { hash, size }: PhotoKey): KnownPhoto | undefined {
  const text = `SELECT s.body, s.packed FROM session_photo p JOIN session s ON s.id = p.session_id WHERE p.photo = ?`
  for (const row of sql<ScanColumns>(db, text).all(shortOf(hash))) {
    const image = scanOf(row).images.find((candidate) => candidate.photo?.hash === hash)
    if (image?.photo == null) continue
    const { renditions, bytes, mediaType } = image.photo
    if (size === 'original') return { hash, size, sha256: hash, bytes, mediaType }
    if (size !== '512' && size !== '2048') return undefined
    return { hash, size, sha256: renditions[size].sha256, bytes: renditions[size].bytes, mediaType: 'image/jpeg' }
  }
  return undefined
}

/**
 * Photos of a withdrawn scan, once its row is gone, are neither fetched nor shown any more, what was worked out from
 * them is gone, and what lies on disk of them is to be removed (listForgotten): unless they were handed in with another scan too, for
 * its right patient perhaps.
 */
export function forgetPhotosOf(tx: WriteTx, session: ScanSession): void {
  for (const { photo } of session.images) {
    if (photo === null) continue
    sql(tx, 'DELETE FROM session_photo WHERE photo = ? AND session_id = ?').run(shortOf(photo.hash), session.id)
    if (findKnownPhoto(tx, { hash: photo.hash, size: 'original' }) !== undefined) continue
    forgetPairsOf(tx, photo.hash)
    forgetChecksOf(tx, photo.hash)
    sql(tx, 'DELETE FROM wanted_photo WHERE hash = ?').run(photo.hash)
    forgetCached(tx, photo.hash)
  }
}
