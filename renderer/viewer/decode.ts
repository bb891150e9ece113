/** Decoded pixels. They live outside the garbage collector's sight: whoever holds them calls `close`. */
export type DecodedPhoto = {
  readonly image: CanvasImageSource
  readonly widthPx: number
  readonly heightPx: number
  close(): void
}

/** `absent`: not on this computer (yet). `broken`: the host failed, or its bytes are no photo. */
export type Loaded<Pixels> =
  | { readonly state: 'ready'; readonly pixels: Pixels }
  | { readonly state: 'absent' | 'broken' }

/**
 * An address to pixels. The photo cache is given one; `createDecodePool` makes the one that the app uses.
 * @throws the signal's reason when nobody wants it any more
 */
export type LoadPhoto = (url: string, signal: AbortSignal) => Promise<Loaded<DecodedPhoto>>

/**
 * Runs in a worker, the request too: in the window a request and its bytes cost 3 ms a photo, for ten photos a scan.
 *
 * Not by WebCodecs: its decoder gives colour planes, and turning those into a bitmap costs more than what it saves
 * (processor time of a 2048 px photo 30 ms, 20 this way; of 12 megapixels 127 and 71; docs/performance.md). Never with
 * `resizeWidth`, which is several times slower than the whole decode. An EXIF orientation is applied.
 */
export async function loadBitmap(url: string, signal: AbortSignal): Promise<Loaded<ImageBitmap>> {
  try {
    const reply = await fetch(url, { signal })
    if (reply.status === 404) return { state: 'absent' }
    if (!reply.ok) return { state: 'broken' }
    const bytes = await reply.blob()
    signal.throwIfAborted() // the costly part begins here
    const bitmap = await createImageBitmap(bytes)
    if (signal.aborted) bitmap.close()
    signal.throwIfAborted()
    return { state: 'ready', pixels: bitmap }
  } catch {
    signal.throwIfAborted()
    return { state: 'broken' } // which words fit is the screen's business
  }
}

export function decodedOf(bitmap: ImageBitmap): DecodedPhoto {
  return { image: bitmap, widthPx: bitmap.width, heightPx: bitmap.height, close: () => bitmap.close() }
}
