import type { Alignment, PhotoPair } from '../../preload/contract/alignment.ts'
import type { Port } from '../ports/bridge.ts'
import type { SideHashes, SidePhoto, WarpSize } from './messages.ts'
import { type AlignWorker, type Later, openWorkerLine, startAlignWorker } from './worker-line.ts'

export type Aligner = ReturnType<typeof createAligner>

/**
 * Lines priors up in one worker; the window's own thread sends two addresses and gets nine numbers. Whoever asks keeps
 * the order, the store's answers and the saving (`renderer/screens/review/compare/pair-store.ts`): ask one at a time, and
 * what is not wanted any more is not asked.
 */
export function createAligner(
  port: Pick<Port, 'photoUrl'>,
  startWorker: () => AlignWorker = startAlignWorker,
  later?: Later,
) {
  const line = openWorkerLine(startWorker, later)
  return {
    /**
     * @param sides of a lateral pair: the photos of the other side in both scans, so that it is not taken for this one
     * @throws DOMException `NotFoundError`: a photo is not on this computer yet; `AbortError`: closed meanwhile;
     * `OperationError`: the worker failed, now or before
     */
    async align(pair: PhotoPair, sides: SideHashes = {}): Promise<Alignment> {
      const otherSides = (['prior', 'current'] as const).flatMap((of): SidePhoto[] => {
        const hash = sides[of]
        return hash === undefined ? [] : [{ of, hash, url: port.photoUrl(hash, '2048') }]
      })
      const urls = {
        current: port.photoUrl(pair.current, '2048'),
        prior: port.photoUrl(pair.prior, '2048'),
        otherSides,
      }
      const answer = await line.ask({ kind: 'align', pair, urls })
      if (answer.kind !== 'aligned' || answer.alignment === 'absent') throw notHere()
      return answer.alignment
    },
    /**
     * The prior in the current photo's frame; whoever asked closes the bitmap.
     * @throws DOMException as `align` does; `EncodingError`: its bytes are no photo
     */
    async warpPrior(pair: PhotoPair, transform: readonly number[], size: WarpSize): Promise<ImageBitmap> {
      const url = port.photoUrl(pair.prior, '2048')
      const answer = await line.ask({ kind: 'warp', url, transform, size })
      if (answer.kind !== 'warped' || answer.bitmap === 'absent') throw notHere()
      if (answer.bitmap === 'broken') throw new DOMException('These bytes are no photo', 'EncodingError')
      return answer.bitmap
    },
    /** Ends the worker; it starts again when somebody asks. */
    close: line.close,
  }
}

const notHere = () => new DOMException('A photo is not on this computer yet', 'NotFoundError')
