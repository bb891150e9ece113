import type { DecodedPhoto } from './decode.ts'
import { type Look, placePhoto, type SizePx } from './geometry.ts'

/** A decoded photo with the size that its look refers to: the original's, so that every rendition lies the same way. */
export type PaintedPhoto = { readonly decoded: DecodedPhoto; readonly size: SizePx; readonly look: Look }

/**
 * Paints a photo, and where there is a second one their difference, at the screen's own resolution.
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
  photos.forEach(({ decoded, size, look }, i) => {
    const { leftPx, topPx, scale } = placePhoto(look, size, frame)
    context.globalCompositeOperation = i === 0 ? 'source-over' : 'difference'
    context.drawImage(decoded.image, leftPx, topPx, size.widthPx * scale, size.heightPx * scale)
  })
  context.globalCompositeOperation = 'source-over'
}
