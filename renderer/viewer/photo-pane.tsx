import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { type Adjustments, type Rgb, UNADJUSTED } from './adjustments.ts'
import type { Wanted } from './cache-plan.ts'
import { fitScale, type Look, moveBy, panBy, photoPointAt, type PointPx, type SizePx, zoomAt } from './geometry.ts'
import { type Blend, paintPhotos } from './paint.ts'
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
  /**
   * Painted in place of the photo's own pixels: an earlier photo warped into the frame of `photo`. Whoever gives it
   * closes it, after the layer is gone. Equal keys paint the same.
   */
  readonly warped?: { readonly image: CanvasImageSource; readonly key: string } | undefined
  /** How it lies on the layers before it; the difference when left out. The first layer lies on nothing. */
  readonly blend?: Blend | undefined
  /** Swipe line: painted only to the right of this share of the pane's width. */
  readonly fromShare?: number | undefined
}

export type PhotoPaneProps = {
  readonly cache: PhotoCache
  /**
   * What the pane shows, the first at the bottom. Pointer and wheel act on the first. The same array while nothing
   * changed: another one is painted anew.
   */
  readonly layers: readonly [PaneLayer, ...PaneLayer[]]
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
  /** While it is given a click names a patch of the first layer's photo and moves nothing. */
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
  const { cache, layers, label, onScreen, onLook, onPointer, onFrame, onPick } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [frame, setFrame] = useState(NO_FRAME)
  const pixelRatio = window.devicePixelRatio
  const [{ photo, look, adjustments = UNADJUSTED }] = layers

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

  const shown = useMemo(
    () => layers.map((layer): SizedLayer => ({ ...layer, size: sizeFor(layer, frame, pixelRatio) })),
    [layers, frame, pixelRatio],
  )
  useWishes(cache, onScreen, shown, frame)
  const pixels = usePixels(cache, shown)

  const onCanvas = useRef<{ shown: unknown; frame: SizePx; count: number }>({ shown: null, frame: NO_FRAME, count: 0 })
  useLayoutEffect(() => {
    // `pixels` names what the cache has: the same layers are painted again when a photo, or a sharper one, is there.
    if (canvas.current === null || frame.widthPx === 0 || pixels === '') return
    const painted = shown.flatMap(({ size, warped, ...layer }) => {
      const decoded = warped ?? cache.findDecoded(layer.photo.hash, size)
      return decoded === undefined ? [] : [{ ...layer, decoded, size: layer.photo }]
    })
    const last = onCanvas.current
    // Closed to make room, not replaced: what is on the canvas is still right.
    if (last.shown === shown && last.frame === frame && painted.length < last.count) return
    onCanvas.current = { shown, frame, count: painted.length }
    paintPhotos(canvas.current, frame, pixelRatio, painted)
    // Said on the element, not by state: benches and tests read it, nothing renders for it.
    const isSharp = painted.length > 0 && shown.every((layer) => isSharpIn(cache, layer))
    canvas.current.dataset['pixels'] = isSharp ? 'sharp' : painted.length > 0 ? 'coarse' : 'none'
  }, [cache, frame, pixelRatio, pixels, shown])

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

/** Whether the rendition that its place on screen needs is there. */
function isSharpIn(cache: PhotoCache, { photo, size, warped }: SizedLayer): boolean {
  const decoded = cache.findDecoded(photo.hash, size)
  return warped !== undefined || (decoded !== undefined && decoded.widthPx >= photo.sizes[size].widthPx)
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

type SizedLayer = PaneLayer & { readonly size: PhotoSize }

/** One more press of the zoom: what it needs is loaded ahead (use-viewport.ts zooms by this factor). */
const NEXT_ZOOM = 2

/** On screen a pane needs its photos now, and soon what the next zoom needs; painted ahead it will need them next. */
function useWishes(cache: PhotoCache, onScreen: OnScreen, shown: readonly SizedLayer[], frame: SizePx) {
  const wanted = useMemo(
    () =>
      frame.widthPx === 0 ? [] : shown.flatMap((layer) => (layer.warped === undefined ? [wishOf(layer, frame)] : [])),
    [shown, frame],
  )
  // The same photos in the same sizes are the same wishes, however far a hand has dragged them.
  const key = wanted.map(({ now, likely }) => `${now.hash} ${now.size} ${likely?.size ?? ''}`).join()
  const wishes = useEffectEvent(() => wanted)
  useEffect(() => {
    if (key === '') return undefined
    const ended = (ends: readonly (() => void)[]) => () => ends.forEach((end) => end())
    return whileOnScreen(
      onScreen,
      () => ended(wishes().map(({ now, likely }) => cache.demand(now, likely))),
      () => ended(wishes().map(({ now }) => cache.foresee(now))),
    )
  }, [cache, onScreen, key])
}

function wishOf(layer: SizedLayer, frame: SizePx): { readonly now: Wanted; readonly likely: Wanted | undefined } {
  const { photo, look, size } = layer
  const zoomed = sizeFor({ ...layer, look: { ...look, zoom: look.zoom * NEXT_ZOOM } }, frame, window.devicePixelRatio)
  return {
    now: wantedOf(photo, size),
    likely: zoomed === size ? undefined : { ...wantedOf(photo, zoomed), canWait: true },
  }
}

/** Names of the pixels of all layers; renders only when one of them changes. */
function usePixels(cache: PhotoCache, shown: readonly SizedLayer[]): string {
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = shown.map((layer) => cache.subscribe(layer.photo.hash, changed))
      return () => ends.forEach((end) => end())
    },
    [cache, shown],
  )
  return useSyncExternalStore(subscribe, () =>
    shown.map((layer) => cache.serialOf(layer.photo.hash, layer.size)).join(' '),
  )
}
