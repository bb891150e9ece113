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

/** Runs in a worker, the request too: in the window a request and its bytes cost 3 ms a photo, for ten photos a scan. */
export async function loadBitmap(url: string, signal: AbortSignal): Promise<Loaded<ImageBitmap>> {
  try {
    const reply = await fetch(url, { signal })
    if (reply.status === 404) return { state: 'absent' }
    if (!reply.ok) return { state: 'broken' }
    const type = reply.headers.get('content-type') ?? ''
    const data = await reply.arrayBuffer()
    signal.throwIfAborted() // the costly part begins here
    // Not by WebCodecs' ImageDecoder: turning its frames into bitmaps waits for the window's main thread, for each photo,
    // which is busy when photos are wanted. Never with `resizeWidth`: several times slower than the whole decode.
    const bitmap = await createImageBitmap(new Blob([data], { type }))
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
