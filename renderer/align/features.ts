import { type KeyPoint, type Mat, type OpenCv, withMats } from './open-cv.ts'
import { mirrorPoints } from './mirror-points.ts'
import { type Points, WORDS } from './points.ts'
import { findToothMask } from './tooth-mask.ts'

/** Upright pixels, four bytes each; about `WORK_WIDTH` wide. */
export type Pixels = {
  readonly widthPx: number
  readonly heightPx: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Photos are compared at this width: halving it loses features, doubling it adds time and nothing else. */
export const WORK_WIDTH = 800
const MOST_POINTS = 2000

/** All that a match needs of a photo, found once; plain arrays, so it can be posted and kept. */
export type PhotoFeatures = {
  readonly widthPx: number
  readonly heightPx: number
  readonly points: Points
  /** Of the photo turned about its vertical axis, in its own mirrored pixels. */
  readonly mirrored: Points
  /** Green with its contrast levelled, one byte a pixel. */
  readonly levelled: Uint8Array
  /** 255 on teeth. */
  readonly teeth: Uint8Array
}

/** @returns undefined when the photo shows next to no teeth: nothing to line up */
export function prepareFeatures(cv: OpenCv, pixels: Pixels): PhotoFeatures {
  return withMats((keep) => {
    const { widthPx, heightPx } = pixels
    const rgba = keep(new cv.Mat(heightPx, widthPx, cv.CV_8UC4))
    rgba.data.set(pixels.data)
    const rgb = keep(new cv.Mat())
    cv.cvtColor(rgba, rgb, cv.COLOR_RGBA2RGB)
    const levelled = keep(levelGreen(cv, rgb))
    const { teeth, region } = findToothMask(cv, rgb)
    keep(teeth)
    keep(region)
    const points = findPoints(cv, levelled, region)
    return {
      widthPx,
      heightPx,
      points,
      mirrored: mirrorPoints(points, widthPx),
      levelled: levelled.data.slice(),
      teeth: teeth.data.slice(),
    }
  })
}

/** Blood and gums are dark in green and teeth are bright; CLAHE takes the light of the day out. */
function levelGreen(cv: OpenCv, rgb: Mat): Mat {
  return withMats((keep) => {
    const planes = keep(new cv.MatVector())
    cv.split(rgb, planes)
    const green = keep(planes.get(1))
    const clahe = keep(new cv.CLAHE(2.5, new cv.Size(8, 8)))
    const levelled = new cv.Mat()
    clahe.apply(green, levelled)
    return levelled
  })
}

function findPoints(cv: OpenCv, image: Mat, region: Mat): Points {
  return withMats((keep) => {
    const akaze = keep(new cv.AKAZE())
    akaze.setThreshold(4e-4)
    const found = keep(new cv.KeyPointVector())
    const rows = keep(new cv.Mat())
    akaze.detectAndCompute(image, region, found, rows)
    const all = Array.from({ length: found.size() }, (_, at) => ({ at, point: found.get(at) }))
    const best = all.toSorted((a, b) => b.point.response - a.point.response).slice(0, MOST_POINTS)
    return packPoints(best, rows)
  })
}

function packPoints(best: readonly { readonly at: number; readonly point: KeyPoint }[], rows: Mat): Points {
  const column = (read: (point: KeyPoint) => number) => Float32Array.from(best, ({ point }) => read(point))
  const words = new Uint32Array(best.length * WORDS)
  const bytes = new Uint8Array(words.buffer)
  const { data, cols } = rows
  for (const [row, { at }] of best.entries()) bytes.set(data.subarray(at * cols, (at + 1) * cols), row * WORDS * 4)
  return {
    count: best.length,
    x: column(({ pt }) => pt.x),
    y: column(({ pt }) => pt.y),
    sizePx: column(({ size }) => size),
    angleDeg: column(({ angle }) => angle),
    words,
  }
}
