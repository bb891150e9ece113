import { type Adjustments, UNADJUSTED } from './adjustments.ts'
import type { DecodedPhoto } from './decode.ts'
import { type Look, placePhoto, type SizePx } from './geometry.ts'
import { toneFilter } from './tone-filter.ts'

/** Pixels and how they lie in the frame. */
export type PaintedPhoto = {
  /** A decoded rendition, or a prior warped into the frame of the current photo: it is stretched over `size`. */
  readonly decoded: Pick<DecodedPhoto, 'image'>
  /** What the look refers to: the original's size, so that every rendition lies the same way. */
  readonly size: SizePx
  readonly look: Look
  readonly adjustments?: Adjustments | undefined
  /** How it lies on what was painted before it; the difference when left out, as a second photo was always meant. */
  readonly blend?: Blend | undefined
  /** Swipe: only to the right of this share of the frame's width; 0 is all of it. */
  readonly fromShare?: number | undefined
}
export type Blend = 'over' | 'difference'

/**
 * Paints photos one over the other at the screen's own resolution.
 * One call per change and never in a loop: a still screen costs nothing.
 */
export function paintPhotos(
  canvas: HTMLCanvasElement,
  frame: SizePx,
  pixelRatio: number,
  photos: readonly PaintedPhoto[],
) {
  const widthPx = Math.round(frame.widthPx * pixelRatio)
  const heightPx = Math.round(frame.heightPx * pixelRatio)
  // Setting the size clears the canvas and its state even when nothing changes: only when it must.
  if (canvas.width !== widthPx) canvas.width = widthPx
  if (canvas.height !== heightPx) canvas.height = heightPx
  const context = canvas.getContext('2d', { alpha: true })
  if (context === null) return
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, frame.widthPx, frame.heightPx)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'medium'
  photos.forEach((photo, i) => paintOne(context, frame, photo, i === 0 ? 'over' : (photo.blend ?? 'difference')))
}

function paintOne(context: CanvasRenderingContext2D, frame: SizePx, photo: PaintedPhoto, blend: Blend) {
  const { decoded, size, look, adjustments = UNADJUSTED, fromShare = 0 } = photo
  context.save()
  if (fromShare > 0) {
    context.beginPath()
    context.rect(frame.widthPx * fromShare, 0, frame.widthPx, frame.heightPx)
    context.clip()
  }
  const { a, b, c, d, e, f } = placePhoto(look, size, frame, adjustments)
  context.globalCompositeOperation = blend === 'over' ? 'source-over' : 'difference'
  context.filter = toneFilter(context.canvas.ownerDocument, adjustments)
  context.transform(a, b, c, d, e, f)
  context.drawImage(decoded.image, 0, 0, size.widthPx, size.heightPx)
  context.restore()
}
