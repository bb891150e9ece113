import { type Adjustments, UNADJUSTED } from './adjustments.ts'
import type { DecodedPhoto } from './decode.ts'
import { type Look, placePhoto, type SizePx } from './geometry.ts'
import { toneFilter } from './tone-filter.ts'

/** Pixels and how they lie in the frame. */
export type PaintedPhoto = {
  /** Undefined: nothing to paint, only what was there goes away. */
  readonly decoded: DecodedPhoto | undefined
  /** What the look refers to: the original's size, so that every rendition lies the same way. */
  readonly photo: SizePx
  readonly look: Look
  readonly adjustments?: Adjustments | undefined
}

/**
 * Paints a photo at the screen's own resolution.
 * One call per change and never in a loop: a still screen costs nothing.
 */
export function paintPhoto(canvas: HTMLCanvasElement, frame: SizePx, pixelRatio: number, painted: PaintedPhoto) {
  const widthPx = Math.round(frame.widthPx * pixelRatio)
  const heightPx = Math.round(frame.heightPx * pixelRatio)
  // Setting the size clears the canvas and its state even when nothing changes: only when it must.
  if (canvas.width !== widthPx) canvas.width = widthPx
  if (canvas.height !== heightPx) canvas.height = heightPx
  const context = canvas.getContext('2d', { alpha: true })
  if (context === null) return
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.filter = 'none'
  context.clearRect(0, 0, frame.widthPx, frame.heightPx)
  const { decoded, photo, look, adjustments = UNADJUSTED } = painted
  if (decoded === undefined) return
  const { a, b, c, d, e, f, scale } = placePhoto(look, photo, frame, adjustments)
  context.imageSmoothingQuality = smoothingFor((scale * pixelRatio * photo.widthPx) / decoded.widthPx)
  context.filter = toneFilter(context.canvas.ownerDocument, adjustments)
  context.transform(a, b, c, d, e, f)
  context.drawImage(decoded.image, 0, 0, photo.widthPx, photo.heightPx)
}

/**
 * From half of its size upwards two by two pixels are enough, and sharper: `medium` halves the photo first and enlarges
 * that again. It also makes all the halves of a photo anew for each drawing: 0.7 ms more for one of 512 px.
 * @param scale pixels of the screen for a pixel that is drawn
 */
export function smoothingFor(scale: number): ImageSmoothingQuality {
  return scale >= 0.5 ? 'low' : 'medium'
}
