import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import type { Wanted } from './cache-plan.ts'
import { fitScale, type Look, panBy, type PointPx, type SizePx, zoomAt } from './geometry.ts'
import { paintPhotos } from './paint.ts'
import type { PhotoCache, PhotoState } from './photo-cache.ts'

/** A photo as the viewer knows it: named by its hash, with the pixels of the upright original and of each rendition. */
export type ViewerPhoto = SizePx & { readonly hash: string; readonly sizes: Readonly<Record<PhotoSize, SizePx>> }

export type PaneLayer = { readonly photo: ViewerPhoto; readonly look: Look }

export type PhotoPaneProps = {
  readonly cache: PhotoCache
  /** What the pane shows; a second layer is drawn as the difference to the first. */
  readonly layers: readonly [PaneLayer, ...PaneLayer[]]
  /** Name for screen readers: view, day and state. */
  readonly label: string
  /** A hidden pane is painted ahead but asks for nothing beyond the ring. */
  readonly onScreen: boolean
  /** The hand moved or zoomed this photo; `alone` with Shift held. */
  readonly onLook: (look: Look, alone: boolean) => void
  /** Where the pointer is, for verbs that act at it; null when it left. */
  readonly onPointer?: (at: PanePointer | null) => void
  /** The pane's size once known, and again when it changes: verbs without a pointer act at its middle. */
  readonly onFrame?: (frame: SizePx) => void
  /** What of the first layer is on the canvas. Called after the paint. */
  readonly onState?: (state: PhotoState) => void
}
export type PanePointer = { readonly at: PointPx; readonly photo: SizePx; readonly frame: SizePx }

const NO_FRAME: SizePx = { widthPx: 0, heightPx: 0 }

export function PhotoPane({ cache, layers, label, onScreen, onLook, onPointer, onFrame, onState }: PhotoPaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [frame, setFrame] = useState(NO_FRAME)
  const version = useCacheVersion(cache, layers)
  const pixelRatio = window.devicePixelRatio
  const [{ photo, look }] = layers
  const state = cache.stateOf(photo.hash)

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

  const sizes = layers.map((layer) => sizeFor(layer, frame, pixelRatio))
  // Told apart by what they show: a new array with the same photos at the same place costs no paint.
  const shown = useStable(
    layers.map((layer, i) => ({ ...layer, size: sizes[i] ?? ('512' as const) })),
    `${layers.map(layerKey).join()} ${sizes.join()}`,
  )
  const wanted = useStable(
    shown.map((layer) => wantedOf(layer.photo, layer.size)),
    shown.map((layer) => `${layer.photo.hash} ${layer.size}`).join(),
  )
  const isMeasured = frame.widthPx > 0
  useEffect(() => {
    if (!onScreen || !isMeasured) return undefined
    const ends = wanted.map((photo) => cache.demand(photo))
    return () => ends.forEach((end) => end())
  }, [cache, onScreen, isMeasured, wanted])

  useLayoutEffect(() => {
    // `version` counts arrivals: the same layers are painted again when a photo, or a sharper one, is there.
    if (canvas.current === null || frame.widthPx === 0 || version < 0) return
    const painted = shown.flatMap(({ photo, look, size }) => {
      const decoded = cache.findDecoded(photo.hash, size)
      return decoded === undefined ? [] : [{ decoded, size: photo, look }]
    })
    paintPhotos(canvas.current, frame, pixelRatio, painted)
  }, [cache, frame, pixelRatio, version, shown])

  const tellFrame = useEffectEvent((known: SizePx) => onFrame?.(known))
  const tellState = useEffectEvent((known: PhotoState) => onState?.(known))
  useEffect(() => {
    if (onScreen && frame.widthPx > 0) tellFrame(frame)
  }, [frame, onScreen])
  useEffect(() => tellState(state), [state])

  const latest = useRef({ photo, look, frame, onLook })
  useLayoutEffect(() => {
    latest.current = { photo, look, frame, onLook }
  })
  useEffect(() => {
    const element = canvas.current
    // React listens to the wheel passively; a page that scrolls under a zoom would be wrong.
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const { photo, look, frame, onLook } = latest.current
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015))
      onLook(zoomAt(look, factor, pointOf(event, element), photo, frame), event.shiftKey)
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [])

  const dragged = useRef<PointPx | null>(null)
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="absolute inset-0 h-full w-full touch-none"
      style={{ cursor: look.zoom > 1 ? 'grab' : 'default' }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        dragged.current = { xPx: event.clientX, yPx: event.clientY }
        event.currentTarget.setPointerCapture?.(event.pointerId)
      }}
      onPointerMove={(event) => {
        onPointer?.({ at: pointOf(event, canvas.current), photo, frame })
        const from = dragged.current
        if (from === null) return
        dragged.current = { xPx: event.clientX, yPx: event.clientY }
        const byPx = { xPx: event.clientX - from.xPx, yPx: event.clientY - from.yPx }
        if (event.shiftKey) onLook(moveFreely(look, byPx, photo, frame), true)
        else onLook(panBy(look, byPx, photo, frame), false)
      }}
      onPointerUp={() => (dragged.current = null)}
      onPointerCancel={() => (dragged.current = null)}
      onPointerLeave={() => onPointer?.(null)}
    />
  )
}

function layerKey({ photo, look }: PaneLayer): string {
  return `${photo.hash} ${look.zoom} ${look.x} ${look.y}`
}

/** The earlier value for as long as its key is the same. */
function useStable<T>(value: T, key: string): T {
  const [kept, setKept] = useState({ key, value })
  if (kept.key === key) return kept.value
  setKept({ key, value })
  return value
}

/** With Shift a photo may leave its borders: it is being lined up with the other one. */
function moveFreely(look: Look, byPx: PointPx, photo: SizePx, frame: SizePx): Look {
  const scale = fitScale(photo, frame) * look.zoom
  return {
    zoom: look.zoom,
    x: look.x - byPx.xPx / (photo.widthPx * scale),
    y: look.y - byPx.yPx / (photo.heightPx * scale),
  }
}

function pointOf(event: { clientX: number; clientY: number }, element: Element | null): PointPx {
  const box = element?.getBoundingClientRect()
  return { xPx: event.clientX - (box?.left ?? 0), yPx: event.clientY - (box?.top ?? 0) }
}

/** The smallest rendition that has a pixel for each pixel of the screen. */
export function sizeFor({ photo, look }: PaneLayer, frame: SizePx, pixelRatio: number): PhotoSize {
  const widthPx = photo.widthPx * fitScale(photo, frame) * look.zoom * pixelRatio
  // A little enlarging of the small one is invisible and spares a decode; of the large one it is not worth the original.
  if (widthPx <= photo.sizes['512'].widthPx * 1.15) return '512'
  return widthPx <= photo.sizes['2048'].widthPx * 1.05 ? '2048' : 'original'
}

export function wantedOf(photo: ViewerPhoto, size: PhotoSize): Wanted {
  const { widthPx, heightPx } = photo.sizes[size]
  return { hash: photo.hash, size, bytes: widthPx * heightPx * 4 }
}

/** Counts the changes of the photos shown, so that a pane paints again when one arrives. */
function useCacheVersion(cache: PhotoCache, layers: readonly PaneLayer[]): number {
  const hashes = layers.map((layer) => layer.photo.hash).join()
  const count = useRef(0)
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = hashes.split(',').map((hash) =>
        cache.subscribe(hash, () => {
          count.current += 1
          changed()
        }),
      )
      return () => ends.forEach((end) => end())
    },
    [cache, hashes],
  )
  return useSyncExternalStore(subscribe, () => count.current)
}
