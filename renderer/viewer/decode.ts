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
    const bitmap = await decodeBitmap(data, type)
    if (signal.aborted) bitmap.close()
    signal.throwIfAborted()
    return { state: 'ready', pixels: bitmap }
  } catch {
    signal.throwIfAborted()
    return { state: 'broken' } // which words fit is the screen's business
  }
}

/** Thumbnails are 20 to 40 KB, the next size is ten times that. */
const SMALL_BYTES = 100_000

/**
 * WebCodecs decodes in half the time, but gives colour planes: to turn those into a bitmap costs twice of what was
 * saved (processor time of a 2048 px photo 30 ms against 20, of 12 megapixels 127 against 71). Small ones cost the same
 * either way, and this one makes no detour through the browser's own process, which is busy when keys are pressed.
 * Never with `resizeWidth`: several times slower than the whole decode.
 */
async function decodeBitmap(data: ArrayBuffer, type: string): Promise<ImageBitmap> {
  const blob = () => createImageBitmap(new Blob([data], { type }))
  if (data.byteLength > SMALL_BYTES || !knowsTurns() || !(await ImageDecoder.isTypeSupported(type))) return blob()
  const decoder = new ImageDecoder({ data, type })
  try {
    const { image } = await decoder.decode()
    try {
      // An EXIF orientation is told and not applied; `createImageBitmap` applies it.
      return isTurned(image) ? await blob() : await createImageBitmap(image)
    } finally {
      image.close()
    }
  } finally {
    decoder.close()
  }
}

/** TypeScript's own types do not name these two yet. */
type Turned = { readonly rotation?: number; readonly flip?: boolean }

/** Browsers that do not tell how a photo is turned are not asked. */
function knowsTurns(): boolean {
  return 'ImageDecoder' in globalThis && 'VideoFrame' in globalThis && 'rotation' in VideoFrame.prototype
}
function isTurned(frame: VideoFrame): boolean {
  const { rotation = 0, flip = false }: Turned = frame as VideoFrame & Turned
  return rotation !== 0 || flip
}

export function decodedOf(bitmap: ImageBitmap): DecodedPhoto {
  return { image: bitmap, widthPx: bitmap.width, heightPx: bitmap.height, close: () => bitmap.close() }
}
