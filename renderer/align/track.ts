import type { PhotoFeatures } from './features.ts'
import { type Homography, mapPoint } from './homography.ts'
import { type Mat, type OpenCv, withMats } from './open-cv.ts'

/** How the prior lies, and which places of the current photo count. */
export type Where = { readonly h: Homography; readonly weightAt: (x: number, y: number) => number }

export type How = {
  readonly windowPx: number
  /** A place every so many working pixels. */
  readonly stepPx: number
  /** How often the patches are halved first, for far shifts. */
  readonly levels: number
  /** How much gums and lips count, of which every second row and column is looked at. */
  readonly besideTeeth: number
}

/** There and back again must end this near to where it began. */
const RETURN_PX = 1
const MOST_PX = 30

type Track = { readonly x: number; readonly y: number; readonly tx: number; readonly ty: number }

export function trackThereAndBack(
  cv: OpenCv,
  { a, b }: { readonly a: Mat; readonly b: Mat },
  grid: Grid,
  { windowPx, levels }: How,
): readonly Track[] {
  return withMats((keep) => {
    const points = keep(new cv.Mat(grid.length, 1, cv.CV_32FC2))
    points.data32F.set(grid.flat())
    const there = keep(new cv.Mat())
    const back = keep(new cv.Mat())
    const status = keep(new cv.Mat())
    const errors = keep(new cv.Mat())
    const window = new cv.Size(windowPx, windowPx)
    const stop = new cv.TermCriteria(3, 12, 0.02)
    cv.calcOpticalFlowPyrLK(a, b, points, there, status, errors, window, levels, stop, 0, 0.001)
    const isFound = status.data.slice()
    cv.calcOpticalFlowPyrLK(b, a, there, back, status, errors, window, levels, stop, 0, 0.001)
    const to = there.data32F
    const again = back.data32F
    return grid.flatMap(([x, y], i) => {
      const [tx, ty] = [to[i * 2] ?? 0, to[i * 2 + 1] ?? 0]
      const far = Math.hypot((again[i * 2] ?? 0) - x, (again[i * 2 + 1] ?? 0) - y)
      if (isFound[i] !== 1 || status.data[i] !== 1 || far > RETURN_PX) return []
      return Math.hypot(tx - x, ty - y) > MOST_PX ? [] : [{ x, y, tx, ty }]
    })
  })
}

export type Grid = readonly (readonly [number, number])[]

export function gridOf(
  current: PhotoFeatures,
  prior: PhotoFeatures,
  { h, weightAt }: Where,
  { stepPx, besideTeeth }: How,
): Grid {
  const grid: [number, number][] = []
  for (let row = 0, y = stepPx / 2; y < current.heightPx; row += 1, y += stepPx) {
    for (let column = 0, x = stepPx / 2; x < current.widthPx; column += 1, x += stepPx) {
      const isWanted = isTooth(current, x, y) || (besideTeeth > 0 && row % 2 === 0 && column % 2 === 0)
      if (!isWanted || weightAt(x, y) === 0) continue
      const [px, py] = mapPoint(h, x, y)
      if (px < 8 || py < 8 || px > prior.widthPx - 8 || py > prior.heightPx - 8) continue
      grid.push([x, y])
    }
  }
  return grid
}

export function isTooth({ teeth, widthPx }: PhotoFeatures, x: number, y: number): boolean {
  return teeth[y * widthPx + x] === 255
}
