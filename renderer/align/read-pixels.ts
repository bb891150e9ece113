import { loadBitmap } from '../viewer/decode.ts'
import { type Pixels, WORK_WIDTH } from './features.ts'

/** One for all photos of a worker: one for each would wait for the garbage collector, which does not see its pixels. */
const canvas = new OffscreenCanvas(1, 1)

/** A rendition's pixels, upright, `widthPx` wide (null: as it is). `broken`: the bytes are no photo. */
export async function readPixels(
  url: string,
  widthPx: number | null = WORK_WIDTH,
): Promise<Pixels | 'absent' | 'broken'> {
  const loaded = await loadBitmap(url, new AbortController().signal)
  if (loaded.state !== 'ready') return loaded.state
  const bitmap = loaded.pixels
  try {
    const width = widthPx ?? bitmap.width
    const height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width))
    // Sizes are set anew for each: nothing of the photo before is left.
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new DOMException('No canvas in this worker', 'NotSupportedError')
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, width, height)
    return { widthPx: width, heightPx: height, data: context.getImageData(0, 0, width, height).data }
  } finally {
    bitmap.close()
  }
}
