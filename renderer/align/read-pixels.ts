import { loadBitmap } from '../viewer/decode.ts'
import { type Pixels, WORK_WIDTH } from './features.ts'

/** A rendition's pixels, `widthPx` wide. `broken`: the bytes are no photo. */
export async function readPixels(url: string, widthPx = WORK_WIDTH): Promise<Pixels | 'absent' | 'broken'> {
  const loaded = await loadBitmap(url, new AbortController().signal)
  if (loaded.state !== 'ready') return loaded.state
  const bitmap = loaded.pixels
  try {
    const heightPx = Math.max(1, Math.round((bitmap.height * widthPx) / bitmap.width))
    const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })
    if (context === null) throw new DOMException('No canvas in this worker', 'NotSupportedError')
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, widthPx, heightPx)
    return { widthPx, heightPx, data: context.getImageData(0, 0, widthPx, heightPx).data }
  } finally {
    bitmap.close()
  }
}
