import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { type Adjustments, type Rgb, UNADJUSTED } from './adjustments.ts'
import type { Wanted } from './cache-plan.ts'
import { fitScale, type Look, moveBy, panBy, photoPointAt, type PointPx, type SizePx, zoomAt } from './geometry.ts'
import { paintPhoto } from './paint.ts'
import { type OnScreen, whileOnScreen } from './on-screen.ts'
import type { PhotoCache } from './photo-cache.ts'
import { samplePatch } from './sample-patch.ts'

/** A photo as the viewer knows it: named by its hash, with the pixels of the upright original and of each rendition. */
export type ViewerPhoto = SizePx & { readonly hash: string; readonly sizes: Readonly<Record<PhotoSize, SizePx>> }

export type PaneLayer = {
  readonly photo: ViewerPhoto
  readonly look: Look
  /** How the photo is turned and toned; as it was taken when left out. */
  readonly adjustments?: Adjustments | undefined
}

export type PhotoPaneProps = {
  readonly cache: PhotoCache
  /** What the pane shows. The same object while nothing changed: another one is painted anew. */
  readonly layer: PaneLayer
  /** Name for screen readers: view, day and state. */
  readonly label: string
  /** A hidden pane is painted ahead, and what it will need is loaded after what is needed now. */
  readonly onScreen: OnScreen
  /** The hand moved or zoomed this photo; `alone` with Shift held. */
  readonly onLook: (look: Look, alone: boolean) => void
  /** Where the pointer is, for verbs that act at it; null when it left. */
  readonly onPointer?: (at: PanePointer | null) => void
  /** The pane's size once known, and again when it changes. */
  readonly onFrame?: (frame: SizePx) => void
  /** While it is given a click names a patch of the photo and moves nothing. */
  readonly onPick?: ((patch: Rgb) => void) | undefined
}
export type PanePointer = {
  readonly at: PointPx
  readonly photo: SizePx
  readonly frame: SizePx
  /** The pointed photo's; geometry wants its turn. */
  readonly adjustments?: Adjustments
}

const NO_FRAME: SizePx = { widthPx: 0, heightPx: 0 }

export function PhotoPane(props: PhotoPaneProps) {
  const { cache, layer, label, onScreen, onLook, onPointer, onFrame, onPick } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [frame, setFrame] = useState(NO_FRAME)
  const pixelRatio = window.devicePixelRatio
  const { photo, look, adjustments = UNADJUSTED } = layer

  useLayoutEffect(() => {
    const element = canvas.current?.parentElement
    if (element == null) return undefined
    const measure = () => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element
      setFrame((was) => (was.widthPx === widthPx && was.heightPx === heightPx ? was : { widthPx, heightPx }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const size = sizeFor(layer, frame, pixelRatio)
  useWishes(cache, onScreen, layer, frame)
  const serial = useSerial(cache, photo.hash, size)

  const onCanvas = useRef<{ layer: unknown; frame: SizePx; isThere: boolean }>({
    layer: null,
    frame: NO_FRAME,
    isThere: false,
  })
  useLayoutEffect(() => {
    if (canvas.current === null || frame.widthPx === 0) return
    // `serial` names what the cache has: the same photo is painted again when it, or a sharper one, is there.
    const decoded = serial === 0 ? undefined : cache.findDecoded(photo.hash, size)
    const last = onCanvas.current
    // Closed to make room, not replaced: what is on the canvas is still right.
    if (last.layer === layer && last.frame === frame && decoded === undefined && last.isThere) return
    onCanvas.current = { layer, frame, isThere: decoded !== undefined }
    paintPhoto(canvas.current, frame, pixelRatio, { ...layer, decoded })
    // Said on the element, not by state: benches and tests read it, nothing renders for it.
    const isSharp = decoded !== undefined && decoded.widthPx >= photo.sizes[size].widthPx
    canvas.current.dataset['pixels'] = isSharp ? 'sharp' : decoded === undefined ? 'none' : 'coarse'
  }, [cache, frame, pixelRatio, serial, size, photo, layer])

  const tellFrame = useEffectEvent((known: SizePx) => onFrame?.(known))
  useEffect(() => {
    if (frame.widthPx > 0) tellFrame(frame)
  }, [frame])

  const latest = useRef({ photo, look, frame, adjustments, onLook })
  useLayoutEffect(() => {
    latest.current = { photo, look, frame, adjustments, onLook }
  })
  useEffect(() => {
    const element = canvas.current
    // React listens to the wheel passively; a page that scrolls under a zoom would be wrong.
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const { photo, look, frame, adjustments, onLook } = latest.current
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015))
      onLook(zoomAt(look, factor, pointOf(event, element), photo, frame, adjustments), event.shiftKey)
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [])

  const dragged = useRef<PointPx | null>(null)
  function pick(at: PointPx) {
    const decoded = cache.findDecoded(photo.hash, '2048')
    const patch = decoded && samplePatch(decoded, photoPointAt(at, look, photo, frame, adjustments))
    if (patch !== undefined) onPick?.(patch)
  }
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      data-pixels="none"
      className="absolute inset-0 h-full w-full touch-none"
      style={{ cursor: onPick !== undefined ? 'crosshair' : look.zoom > 1 ? 'grab' : 'default' }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        if (onPick !== undefined) return pick(pointOf(event, canvas.current))
        dragged.current = { xPx: event.clientX, yPx: event.clientY }
        event.currentTarget.setPointerCapture?.(event.pointerId)
      }}
      onPointerMove={(event) => {
        onPointer?.({ at: pointOf(event, canvas.current), photo, frame, adjustments })
        const from = dragged.current
        if (from === null) return
        dragged.current = { xPx: event.clientX, yPx: event.clientY }
        const byPx = { xPx: event.clientX - from.xPx, yPx: event.clientY - from.yPx }
        // With Shift a photo may leave its borders: it is being lined up with the other one.
        if (event.shiftKey) onLook(moveBy(look, byPx, photo, frame, adjustments), true)
        else onLook(panBy(look, byPx, photo, frame, adjustments), false)
      }}
      onPointerUp={() => (dragged.current = null)}
      onPointerCancel={() => (dragged.current = null)}
      onPointerLeave={() => onPointer?.(null)}
    />
  )
}

function pointOf(event: { clientX: number; clientY: number }, element: Element | null): PointPx {
  const box = element?.getBoundingClientRect()
  return { xPx: event.clientX - (box?.left ?? 0), yPx: event.clientY - (box?.top ?? 0) }
}

/** The smallest rendition that has a pixel for each pixel of the screen. */
export function sizeFor({ photo, look, adjustments }: PaneLayer, frame: SizePx, pixelRatio: number): PhotoSize {
  const widthPx = photo.widthPx * fitScale(photo, frame, adjustments) * look.zoom * pixelRatio
  // A little enlarging of the small one is invisible and spares a decode; of the large one it is not worth the original.
  if (widthPx <= photo.sizes['512'].widthPx * 1.15) return '512'
  return widthPx <= photo.sizes['2048'].widthPx * 1.05 ? '2048' : 'original'
}

export function wantedOf(photo: ViewerPhoto, size: PhotoSize): Wanted {
  const { widthPx, heightPx } = photo.sizes[size]
  return { hash: photo.hash, size, bytes: widthPx * heightPx * 4 }
}

/** One more press of the zoom: what it needs is loaded ahead (use-viewport.ts zooms by this factor). */
const NEXT_ZOOM = 2

/** On screen a pane needs its photo now, and soon what the next zoom needs; painted ahead it will need it next. */
function useWishes(cache: PhotoCache, onScreen: OnScreen, layer: PaneLayer, frame: SizePx) {
  const { photo, look } = layer
  const isMeasured = frame.widthPx > 0
  const now = sizeFor(layer, frame, window.devicePixelRatio)
  const zoomed = { ...layer, look: { ...look, zoom: look.zoom * NEXT_ZOOM } }
  const next = sizeFor(zoomed, frame, window.devicePixelRatio)
  useEffect(() => {
    if (!isMeasured) return undefined
    const wanted = wantedOf(photo, now)
    const likely = next === now ? undefined : { ...wantedOf(photo, next), canWait: true }
    return whileOnScreen(
      onScreen,
      () => cache.demand(wanted, likely),
      () => cache.foresee(wanted),
    )
  }, [cache, onScreen, isMeasured, photo, now, next])
}

/** Names the pixels that there are for this size, 0 for none; renders only when there are others. */
export function useSerial(cache: PhotoCache, hash: string, size: PhotoSize): number {
  const subscribe = useCallback((changed: () => void) => cache.subscribe(hash, changed), [cache, hash])
  return useSyncExternalStore(subscribe, () => cache.serialOf(hash, size))
}
