import type { PhotoHash } from '../../server/contract/domain/ids.ts'
import type { Alignment, PhotoPair } from '../../preload/contract/alignment.ts'

export type WarpSize = { readonly widthPx: number; readonly heightPx: number }
/** A photo of the other side, in the same scan as one of the pair. */
export type SidePhoto = { readonly of: 'current' | 'prior'; readonly hash: PhotoHash; readonly url: string }
/** The same before anybody knows an address. */
export type SideHashes = { readonly [scan in SidePhoto['of']]?: PhotoHash | undefined }
type Photos = {
  readonly current: string
  readonly prior: string
  /** For lateral views: which may guard the answer, the best first; one is enough. */
  readonly otherSides: readonly SidePhoto[]
}

/** What the window asks its aligning worker. Addresses: of the 2048 px renditions, which are upright. */
export type AlignQuestion =
  | { readonly kind: 'align'; readonly id: number; readonly pair: PhotoPair; readonly urls: Photos }
  | {
      readonly kind: 'warp'
      readonly id: number
      readonly url: string
      /** Fractions of the current photo to those of the prior, as in `Alignment`. */
      readonly transform: readonly number[]
      readonly size: WarpSize
    }

/** `absent`: a photo is not on this computer yet. */
export type AlignAnswer =
  | { readonly kind: 'aligned'; readonly id: number; readonly alignment: Alignment | 'absent' }
  | { readonly kind: 'warped'; readonly id: number; readonly bitmap: ImageBitmap | 'absent' | 'broken' }
