import type { Rgb } from './adjustments.ts'
import type { DecodedPhoto } from './decode.ts'
import type { PhotoPoint } from './geometry.ts'

/** Half of the patch's side as a share of the photo's width: a tooth's glint or a hair does not fill it. */
const REACH = 0.008

/** The mean colour around a point of a photo, of its own pixels: whatever is adjusted on screen does not count. */
export function samplePatch({ image, widthPx, heightPx }: DecodedPhoto, at: PhotoPoint): Rgb | undefined {
  const reachPx = Math.max(2, Math.round(widthPx * REACH))
  const sidePx = 2 * reachPx + 1
  const canvas = new OffscreenCanvas(sidePx, sidePx)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  context.drawImage(image, reachPx - Math.floor(at.x * widthPx), reachPx - Math.floor(at.y * heightPx))
  return meanColour(context.getImageData(0, 0, sidePx, sidePx).data)
}

/** @param pixels RGBA; what lies outside of the photo is clear and does not count */
export function meanColour(pixels: Uint8ClampedArray): Rgb | undefined {
  const sum = { red: 0, green: 0, blue: 0 }
  let count = 0
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] !== 255) continue
    sum.red += pixels[i] ?? 0
    sum.green += pixels[i + 1] ?? 0
    sum.blue += pixels[i + 2] ?? 0
    count += 1
  }
  return count === 0 ? undefined : { red: sum.red / count, green: sum.green / count, blue: sum.blue / count }
}
