/** Sizes and points in CSS pixels of a frame, or in pixels of a photo: the name of the argument says which. */
export type SizePx = { readonly widthPx: number; readonly heightPx: number }
export type PointPx = { readonly xPx: number; readonly yPx: number }
/** A point of a photo as fractions of its width and height: 0,0 top left, 1,1 bottom right. */
export type PhotoPoint = { readonly x: number; readonly y: number }

/**
 * What a person is looking at, free of any photo's or window's size: it carries over from scan to scan and from a
 * photo to its prior. `zoom` 1 is fit; `x`,`y` is the point of the photo that lies in the middle of the frame, however
 * the photo is turned.
 */
export type Look = PhotoPoint & { readonly zoom: number }

/** How a photo is shown turned: mirrored left to right first, then turned clockwise. Display state, never the photo's. */
export type Turn = { readonly degrees: number; readonly flipped: boolean }

export const UPRIGHT: Turn = { degrees: 0, flipped: false }
export const FIT: Look = { zoom: 1, x: 0.5, y: 0.5 }
/** Beyond this even a 12 megapixel photo in a small cell shows more than one screen pixel per photo pixel. */
export const MAX_ZOOM = 16

/** Photo pixels to CSS pixels of the frame, as `CanvasRenderingContext2D.transform` takes it. */
export type Placement = {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
  /** CSS pixels per photo pixel. */
  readonly scale: number
}

/** The linear part of a turn, row by row: photo to frame. */
type Axes = readonly [number, number, number, number]

/** Exact at quarter turns: a cosine of 6e-17 would leave hairlines at the border. */
function axesOf({ degrees, flipped }: Turn): Axes {
  const quarters = degrees / 90
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = Number.isInteger(quarters)
    ? [[1, 0, -1, 0].at(quarters % 4) ?? 1, [0, 1, 0, -1].at(quarters % 4) ?? 0]
    : [Math.cos(angle), Math.sin(angle)]
  const mirror = flipped ? -1 : 1
  return [cos * mirror, -sin, sin * mirror, cos]
}

/** The box around the turned photo. */
function turnedSize(photo: SizePx, [xx, xy, yx, yy]: Axes): SizePx {
  return {
    widthPx: Math.abs(xx) * photo.widthPx + Math.abs(xy) * photo.heightPx,
    heightPx: Math.abs(yx) * photo.widthPx + Math.abs(yy) * photo.heightPx,
  }
}

/** CSS pixels per photo pixel at which the whole photo is visible. */
export function fitScale(photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): number {
  const turned = turnedSize(photo, axesOf(turn))
  return Math.min(frame.widthPx / turned.widthPx, frame.heightPx / turned.heightPx)
}

export function placePhoto(look: Look, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): Placement {
  const scale = fitScale(photo, frame, turn) * look.zoom
  const [xx, xy, yx, yy] = axesOf(turn)
  const [centreX, centreY] = [look.x * photo.widthPx, look.y * photo.heightPx]
  return {
    a: xx * scale,
    b: yx * scale,
    c: xy * scale,
    d: yy * scale,
    e: frame.widthPx / 2 - (xx * centreX + xy * centreY) * scale,
    f: frame.heightPx / 2 - (yx * centreX + yy * centreY) * scale,
    scale,
  }
}

export function photoPointAt(at: PointPx, look: Look, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): PhotoPoint {
  const fromMiddle = { xPx: at.xPx - frame.widthPx / 2, yPx: at.yPx - frame.heightPx / 2 }
  const step = stepOf(fromMiddle, look.zoom, photo, frame, turn)
  return { x: look.x + step.x, y: look.y + step.y }
}

/** The other way round: where a point of the photo lies in the frame. */
export function framePointOf(at: PhotoPoint, look: Look, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): PointPx {
  const { a, b, c, d, e, f } = placePhoto(look, photo, frame, turn)
  const [x, y] = [at.x * photo.widthPx, at.y * photo.heightPx]
  return { xPx: a * x + c * y + e, yPx: b * x + d * y + f }
}

/** A way in the frame as a way in fractions of the photo. A turn's inverse is its transpose, also when it mirrors. */
function stepOf(way: PointPx, zoom: number, photo: SizePx, frame: SizePx, turn: Turn): PhotoPoint {
  const scale = fitScale(photo, frame, turn) * zoom
  const [xx, xy, yx, yy] = axesOf(turn)
  return {
    x: (xx * way.xPx + yx * way.yPx) / (photo.widthPx * scale),
    y: (xy * way.xPx + yy * way.yPx) / (photo.heightPx * scale),
  }
}

/** Keeps zoom in its range and the box of the turned photo over the frame: no empty margin that it could fill. */
export function clampLook(look: Look, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): Look {
  const zoom = Math.min(Math.max(look.zoom, 1), MAX_ZOOM)
  const axes = axesOf(turn)
  const [xx, xy, yx, yy] = axes
  const box = turnedSize(photo, axes)
  const scale = fitScale(photo, frame, turn) * zoom
  const [fromX, fromY] = [(look.x - 0.5) * photo.widthPx, (look.y - 0.5) * photo.heightPx]
  const x = clampOffset(xx * fromX + xy * fromY, box.widthPx, frame.widthPx / scale)
  const y = clampOffset(yx * fromX + yy * fromY, box.heightPx, frame.heightPx / scale)
  return { zoom, x: 0.5 + (xx * x + yx * y) / photo.widthPx, y: 0.5 + (xy * x + yy * y) / photo.heightPx }
}

/** How far the middle of the frame may lie from the middle of the box, in photo pixels. */
function clampOffset(offset: number, box: number, visible: number): number {
  const most = Math.max(0, (box - visible) / 2)
  return Math.min(Math.max(offset, -most), most)
}

/** Zooms by a factor; the point of the photo under `at` stays under it, as far as the borders allow. */
export function zoomAt(
  look: Look,
  factor: number,
  at: PointPx,
  photo: SizePx,
  frame: SizePx,
  turn: Turn = UPRIGHT,
): Look {
  const under = photoPointAt(at, look, photo, frame, turn)
  const zoom = Math.min(Math.max(look.zoom * factor, 1), MAX_ZOOM)
  const fromMiddle = { xPx: at.xPx - frame.widthPx / 2, yPx: at.yPx - frame.heightPx / 2 }
  const step = stepOf(fromMiddle, zoom, photo, frame, turn)
  return clampLook({ zoom, x: under.x - step.x, y: under.y - step.y }, photo, frame, turn)
}

/** Moves the photo with the pointer: positive is right and down. */
export function panBy(look: Look, byPx: PointPx, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): Look {
  return clampLook(moveBy(look, byPx, photo, frame, turn), photo, frame, turn)
}

/** The same, beyond the borders too: a photo that is being lined up with another one. */
export function moveBy(look: Look, byPx: PointPx, photo: SizePx, frame: SizePx, turn: Turn = UPRIGHT): Look {
  const step = stepOf(byPx, look.zoom, photo, frame, turn)
  return { zoom: look.zoom, x: look.x - step.x, y: look.y - step.y }
}
