import type { PhotoSize } from '../../server/contract/domain/photos.ts'

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
export type LoadPhoto = (url: string, size: PhotoSize, signal: AbortSignal) => Promise<Loaded<DecodedPhoto>>

/**
 * Runs in a worker, the request too: in the window a request and its bytes cost 3 ms a photo, for ten photos a scan,
 * and turning the decoder's frame into a bitmap blocks its thread for 5 to 20 ms.
 */
export async function loadBitmap(url: string, size: PhotoSize, signal: AbortSignal): Promise<Loaded<ImageBitmap>> {
  try {
    const reply = await fetch(url, { signal })
    if (reply.status === 404) return { state: 'absent' }
    if (!reply.ok) return { state: 'broken' }
    const type = reply.headers.get('content-type') ?? ''
    const bitmap = await decodeBitmap({ data: await reply.arrayBuffer(), type }, size, signal)
    if (signal.aborted) bitmap.close()
    signal.throwIfAborted()
    return { state: 'ready', pixels: bitmap }
  } catch {
    signal.throwIfAborted()
    return { state: 'broken' } // which words fit is the screen's business
  }
}

type Bytes = { readonly data: ArrayBuffer; readonly type: string }

/**
 * WebCodecs where it is there: about half the time of `createImageBitmap`. Never with `resizeWidth`: measured three
 * times slower than the whole decode.
 * An original may carry an EXIF orientation, which `ImageDecoder` does not apply and `createImageBitmap` does.
 */
async function decodeBitmap({ data, type }: Bytes, size: PhotoSize, signal: AbortSignal): Promise<ImageBitmap> {
  signal.throwIfAborted() // the costly part begins here
  const isRendition = size !== 'original'
  if (!isRendition || !('ImageDecoder' in globalThis) || !(await ImageDecoder.isTypeSupported(type))) {
    return createImageBitmap(new Blob([data], { type }))
  }
  const decoder = new ImageDecoder({ data, type })
  try {
    const { image } = await decoder.decode()
    // A frame keeps the decoder's colour planes and would be converted at every draw; a bitmap is converted once.
    return await createImageBitmap(image).finally(() => image.close())
  } finally {
    decoder.close()
  }
}

export function decodedOf(bitmap: ImageBitmap): DecodedPhoto {
  return { image: bitmap, widthPx: bitmap.width, heightPx: bitmap.height, close: () => bitmap.close() }
}
