import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { PhotoSize } from '../../../../server/contract/domain/photos.ts'
import type { Adjustments } from '../../../viewer/adjustments.ts'
import type { DecodedPhoto } from '../../../viewer/decode.ts'
import { type OnScreen, whileOnScreen } from '../../../viewer/on-screen.ts'
import type { Matrix3 } from '../../../viewer/pair-link.ts'
import type { PhotoCache } from '../../../viewer/photo-cache.ts'
import { smoothingFor } from '../../../viewer/paint.ts'
import { useSerial, type ViewerPhoto, wantedOf } from '../../../viewer/photo-pane.tsx'
import { toneFilter } from '../../../viewer/tone-filter.ts'
import type { SizePx } from '../../../viewer/geometry.ts'
import { regionToFrame, scaleAt, toCss, visibleRegion } from './warp.ts'

export type WarpedPriorProps = {
  readonly cache: PhotoCache
  readonly onScreen: OnScreen
  readonly photo: ViewerPhoto
  /** Pixels of this photo to CSS pixels of the frame of the current one. */
  readonly matrix: Matrix3
  readonly frame: SizePx
  readonly tone: Adjustments
  /** Blink hides the current photo, a swipe the part left of its line; a difference is laid over it. */
  readonly as: 'blink' | 'swipe' | 'difference'
  readonly swipeAt: number
  /** Painted ahead once the screen stands still: then the key only shows it. */
  readonly visible: boolean
  /** Called after it was shown, or was taken away. */
  readonly onShown: (isShown: boolean) => void
}

/** Beyond this a canvas costs more memory than sharpness is worth. */
const MOST_CANVAS_PX = 4096

/** The earlier photo, laid over the current one so that the same teeth coincide. Lies under the labels and takes no mouse. */
export function WarpedPrior(props: WarpedPriorProps) {
  const { cache, onScreen, photo, matrix, frame, tone, as, swipeAt, visible, onShown } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const shade = useRef<HTMLDivElement>(null)
  const painted = useRef('')
  const scale = scaleAt(matrix, { xPx: photo.widthPx / 2, yPx: photo.heightPx / 2 }) * window.devicePixelRatio
  const size = sizeAt(photo, scale)
  const serial = useSerial(cache, photo.hash, size)
  const decoded = serial === 0 ? undefined : cache.findDecoded(photo.hash, size)

  useEffect(() => {
    if (!visible) return undefined
    const wanted = wantedOf(photo, size)
    return whileOnScreen(
      onScreen,
      () => cache.demand(wanted),
      () => cache.foresee(wanted),
    )
  }, [cache, onScreen, photo, size, visible])
  const paint = useCallback(() => {
    const key = `${serial} ${matrix.join()} ${frame.widthPx} ${frame.heightPx} ${JSON.stringify(tone)}`
    if (canvas.current === null || decoded === undefined || painted.current === key) return
    painted.current = key
    paintRegion(canvas.current, { decoded, photo, matrix, frame, scale, tone })
    if (shade.current !== null) shade.current.style.cssText = canvas.current.style.cssText
  }, [photo, matrix, frame, decoded, serial, scale, tone])
  useLayoutEffect(() => {
    if (visible) paint()
  }, [visible, paint])
  // Nobody has asked for it yet: no key waits for that.
  useEffect(
    () => (visible ? undefined : whileOnScreen(onScreen, () => cache.onceStill(paint))),
    [cache, onScreen, visible, paint],
  )

  const isShown = visible && decoded !== undefined
  useEffect(() => {
    if (!isShown) return undefined
    onShown(true)
    return () => onShown(false)
  }, [isShown, onShown])

  const style = useMemo(
    () => ({
      visibility: isShown ? ('visible' as const) : ('hidden' as const),
      ...(as === 'difference' && { mixBlendMode: 'difference' as const }),
      ...(as === 'swipe' && { clipPath: `inset(0 ${(1 - swipeAt) * 100}% 0 0)` }),
    }),
    [isShown, as, swipeAt],
  )
  return (
    <>
      <div
        aria-hidden
        data-warped={as}
        data-shown={isShown}
        className={`pointer-events-none absolute inset-0 overflow-hidden ${as === 'difference' ? '' : 'bg-bg'}`}
        style={style}
      >
        <canvas ref={canvas} className="absolute top-0 left-0 origin-top-left" />
      </div>
      {/* Where only one of the two photos is there is no difference: dark, so that it does not outshine the rest. */}
      <div
        aria-hidden
        className={`pointer-events-none absolute inset-0 overflow-hidden ${as === 'difference' && isShown ? '' : 'hidden'}`}
      >
        <div ref={shade} className="absolute top-0 left-0 origin-top-left shadow-[0_0_0_9999px_rgb(16_16_16/0.85)]" />
      </div>
    </>
  )
}

type Painting = {
  readonly decoded: DecodedPhoto
  readonly photo: SizePx
  readonly matrix: Matrix3
  readonly frame: SizePx
  readonly scale: number
  readonly tone: Adjustments
}

/** At the screen's own resolution, as the current photo is painted; the rest, turning and perspective, is the browser's. */
function paintRegion(canvas: HTMLCanvasElement, { decoded, photo, matrix, frame, scale, tone }: Painting) {
  const region = visibleRegion(matrix, photo, frame)
  canvas.hidden = region === undefined
  if (region === undefined) return
  const perPhotoPx = decoded.widthPx / photo.widthPx
  const most = Math.min(MOST_CANVAS_PX / region.widthPx, MOST_CANVAS_PX / region.heightPx)
  const drawn = Math.min(scale, perPhotoPx, most)
  canvas.width = Math.max(1, Math.round(region.widthPx * drawn))
  canvas.height = Math.max(1, Math.round(region.heightPx * drawn))
  canvas.style.width = `${canvas.width}px`
  canvas.style.height = `${canvas.height}px`
  canvas.style.transform = toCss(regionToFrame(matrix, region, canvas.width / region.widthPx))
  const context = canvas.getContext('2d')
  if (context === null) return
  context.imageSmoothingQuality = smoothingFor(canvas.width / (region.widthPx * perPhotoPx))
  context.filter = toneFilter(canvas.ownerDocument, tone)
  context.drawImage(
    decoded.image,
    region.leftPx * perPhotoPx,
    region.topPx * perPhotoPx,
    region.widthPx * perPhotoPx,
    region.heightPx * perPhotoPx,
    0,
    0,
    canvas.width,
    canvas.height,
  )
}

/** The smallest rendition that has a pixel for each pixel of the screen (photo-pane.tsx chooses the same way). */
function sizeAt(photo: ViewerPhoto, scale: number): PhotoSize {
  const widthPx = photo.widthPx * scale
  if (widthPx <= photo.sizes['512'].widthPx * 1.15) return '512'
  return widthPx <= photo.sizes['2048'].widthPx * 1.05 ? '2048' : 'original'
}
