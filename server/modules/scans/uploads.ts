import type { PhotoHash, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import type { ModuleDeps } from '../deps.ts'
import { countProcessing, lockPhotos, savePhoto } from './photo-repository.ts'

/** Which of these photos lie in the object store: asked outside any transaction, for the store may be slow. */
export async function listArrived(
  deps: Pick<ModuleDeps, 'objects'>,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
): Promise<ReadonlySet<PhotoHash>> {
  const heads = await Promise.all(hashes.map((hash) => deps.objects.head(objectKeys.original(practiceId, hash))))
  return new Set(hashes.filter((_, i) => heads[i] !== undefined))
}

/** A practice with as many photos in the queue brings more of them than come in by the day. */
const BULK_FROM = 20

/** Locks the photos and queues those that have arrived; the job and the state it serves are one commit. */
export async function queueArrived(
  deps: Pick<ModuleDeps, 'jobs'>,
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
  arrived: ReadonlySet<PhotoHash>,
): Promise<void> {
  const locked = await lockPhotos(tx, practiceId, hashes)
  const here = locked.filter((photo) => photo.state === 'awaiting-upload' && arrived.has(photo.hash))
  if (here.length === 0) return
  const before = await countProcessing(tx, practiceId, BULK_FROM)
  for (const [i, photo] of here.entries()) {
    await savePhoto(tx, practiceId, photo.hash, { state: 'processing' })
    const singletonKey = `${practiceId}/${photo.hash}`
    await deps.jobs.send(
      tx,
      'photo.process',
      { practiceId, hash: photo.hash },
      { singletonKey, isBulk: before + i >= BULK_FROM },
    )
  }
}
