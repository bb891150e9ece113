import type { Pixels } from '../align/features.ts'
import { loadBitmap } from '../viewer/decode.ts'

/** The small rendition's own pixels, upright and unscaled. `broken`: the bytes are no photo. */
export async function readPhoto(url: string): Promise<Pixels | 'absent' | 'broken'> {
  const loaded = await loadBitmap(url, new AbortController().signal)
  if (loaded.state !== 'ready') return loaded.state
  const { width: widthPx, height: heightPx } = loaded.pixels
  try {
    const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })
    if (context === null) throw new DOMException('No canvas in this worker', 'NotSupportedError')
    context.drawImage(loaded.pixels, 0, 0)
    return { widthPx, heightPx, data: context.getImageData(0, 0, widthPx, heightPx).data }
  } finally {
    loaded.pixels.close()
  }
}
