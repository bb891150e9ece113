/** Sizes and points in CSS pixels of a frame, or in pixels of a photo: the name of the argument says which. */
export type SizePx = { readonly widthPx: number; readonly heightPx: number }
export type PointPx = { readonly xPx: number; readonly yPx: number }
/** A point of a photo as fractions of its width and height: 0,0 top left, 1,1 bottom right. */
export type PhotoPoint = { readonly x: number; readonly y: number }

/**
 * What a person is looking at, free of any photo's or window's size: it carries over from scan to scan and from a
 * photo to its prior. `zoom` 1 is fit; `x`,`y` is the point of the photo that lies in the middle of the frame.
 */
export type Look = PhotoPoint & { readonly zoom: number }

export const FIT: Look = { zoom: 1, x: 0.5, y: 0.5 }
/** Beyond this even a 12 megapixel photo in a small cell shows more than one screen pixel per photo pixel. */
export const MAX_ZOOM = 16

/** Where a photo lies in its frame: top left corner and CSS pixels per photo pixel. */
export type Placement = { readonly leftPx: number; readonly topPx: number; readonly scale: number }

/** CSS pixels per photo pixel at which the whole photo is visible. */
export function fitScale(photo: SizePx, frame: SizePx): number {
  return Math.min(frame.widthPx / photo.widthPx, frame.heightPx / photo.heightPx)
}

export function placePhoto(look: Look, photo: SizePx, frame: SizePx): Placement {
  const scale = fitScale(photo, frame) * look.zoom
  return {
    scale,
    leftPx: frame.widthPx / 2 - look.x * photo.widthPx * scale,
    topPx: frame.heightPx / 2 - look.y * photo.heightPx * scale,
  }
}

export function photoPointAt(at: PointPx, look: Look, photo: SizePx, frame: SizePx): PhotoPoint {
  const { scale, leftPx, topPx } = placePhoto(look, photo, frame)
  return { x: (at.xPx - leftPx) / (photo.widthPx * scale), y: (at.yPx - topPx) / (photo.heightPx * scale) }
}

/** Keeps zoom in its range and the photo over the frame: no empty margin that the photo could fill. */
export function clampLook(look: Look, photo: SizePx, frame: SizePx): Look {
  const zoom = Math.min(Math.max(look.zoom, 1), MAX_ZOOM)
  const scale = fitScale(photo, frame) * zoom
  return {
    zoom,
    x: clampCentre(look.x, frame.widthPx / (photo.widthPx * scale)),
    y: clampCentre(look.y, frame.heightPx / (photo.heightPx * scale)),
  }
}

function clampCentre(centre: number, visibleShare: number): number {
  if (visibleShare >= 1) return 0.5
  return Math.min(Math.max(centre, visibleShare / 2), 1 - visibleShare / 2)
}

/** Zooms by a factor; the point of the photo under `at` stays under it, as far as the borders allow. */
export function zoomAt(look: Look, factor: number, at: PointPx, photo: SizePx, frame: SizePx): Look {
  const under = photoPointAt(at, look, photo, frame)
  const zoom = Math.min(Math.max(look.zoom * factor, 1), MAX_ZOOM)
  const scale = fitScale(photo, frame) * zoom
  return clampLook(
    {
      zoom,
      x: under.x - (at.xPx - frame.widthPx / 2) / (photo.widthPx * scale),
      y: under.y - (at.yPx - frame.heightPx / 2) / (photo.heightPx * scale),
    },
    photo,
    frame,
  )
}

/** Moves the photo with the pointer: positive is right and down. */
export function panBy(look: Look, byPx: PointPx, photo: SizePx, frame: SizePx): Look {
  const scale = fitScale(photo, frame) * look.zoom
  return clampLook(
    {
      zoom: look.zoom,
      x: look.x - byPx.xPx / (photo.widthPx * scale),
      y: look.y - byPx.yPx / (photo.heightPx * scale),
    },
    photo,
    frame,
  )
}
