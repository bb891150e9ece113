import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { afterPaint } from './after-paint.ts'
import { createDecodePool, startDecodeWorker } from './decode-pool.ts'
import { createPhotoCache } from './photo-cache.ts'
import { createQuietQueue } from './quiet-queue.ts'

/** About this scan, the two after it and the one before, each with its priors, at 2048 px. */
const DECODED_BUDGET_BYTES = 512 * 1024 * 1024
const MOST_UNDER_WAY = 12
/** The window, the host that decrypts and the compositor want a core as well. */
const MOST_WORKERS = 4
const FEWEST_WORKERS = 2
/** More than between two keys of somebody who leafs through scans, less than anybody looks at one. */
const STILL_MS = 350
/**
 * With so few cores a worker that lines photos up takes the one that the next key needs: there it rests for longer than
 * lies between the keys of somebody who looks at one scan a second.
 */
const FEW_CORES = 3
const REST_MS = navigator.hardwareConcurrency <= FEW_CORES ? 1200 : 0

/** They stay when the screen is closed: to start them takes longer than to decode the first photo of the next one. */
const WORKERS = Math.min(MOST_WORKERS, Math.max(FEWEST_WORKERS, navigator.hardwareConcurrency - 2))
const pool = createDecodePool(WORKERS, startDecodeWorker)

/** Decoded photos of one screen. Whoever opens it closes it. */
export function openPhotos(photoUrl: (hash: string, size: PhotoSize) => string) {
  const cache = createPhotoCache({
    photoUrl,
    load: pool.load,
    budgetBytes: DECODED_BUDGET_BYTES,
    // While some decode, the bytes of a whole scan come: each has a way of several processes, which are busy too.
    parallelCount: MOST_UNDER_WAY,
    parallelLargeCount: WORKERS - 1,
    soon: afterPaint,
    stillMs: STILL_MS,
  })
  return {
    cache,
    /** For what is worked out ahead from photos, so that it never takes the time of the next scan. */
    quietly: createQuietQueue(cache, REST_MS),
    close: () => cache.clear(),
  }
}
