import type { PhotoFeatures } from './features.ts'
import { type Homography, mapPoint, type Place } from './homography.ts'
import { type Mat, type OpenCv, withMats } from './open-cv.ts'
import { gridOf, type How, isTooth, trackThereAndBack, type Where } from './track.ts'

/** The prior's levelled green as it lies under the current photo by `h`, and where the prior has pixels. */
function warpLevelled(cv: OpenCv, current: PhotoFeatures, prior: PhotoFeatures, h: Homography): Mat {
  return withMats((keep) => {
    const from = keep(matOf(cv, prior.levelled, prior))
    const matrix = keep(new cv.Mat(3, 3, cv.CV_64FC1))
    matrix.data64F.set(h)
    const to = new cv.Mat()
    const size = new cv.Size(current.widthPx, current.heightPx)
    const flags = cv.INTER_LINEAR + cv.WARP_INVERSE_MAP
    cv.warpPerspective(from, to, matrix, size, flags, cv.BORDER_CONSTANT, new cv.Scalar(0))
    return to
  })
}

function matOf(cv: OpenCv, bytes: Uint8Array, { widthPx, heightPx }: PhotoFeatures): Mat {
  const mat = new cv.Mat(heightPx, widthPx, cv.CV_8UC1)
  mat.data.set(bytes)
  return mat
}

/**
 * What is left between the photos once the prior lies under the current one: small shifts of small patches (Lucas and
 * Kanade), at an even grid over teeth so that a tooth full of features counts no more than a smooth one.
 */
export function followFlow(
  cv: OpenCv,
  current: PhotoFeatures,
  prior: PhotoFeatures,
  { h, weightAt, ...how }: Where & How,
): readonly Place[] {
  return withMats((keep) => {
    const a = keep(matOf(cv, current.levelled, current))
    const b = keep(warpLevelled(cv, current, prior, h))
    const grid = gridOf(current, prior, { h, weightAt }, how)
    if (grid.length === 0) return []
    return trackThereAndBack(cv, { a, b }, grid, how).map(({ x, y, tx, ty }) => {
      const [toX, toY] = mapPoint(h, tx, ty)
      return { x, y, toX, toY, weight: weightAt(x, y) * (isTooth(current, x, y) ? 1 : how.besideTeeth) }
    })
  })
}

/** Correlation (-1 to 1) of both photos over the teeth that both show; `share`: of the current photo's teeth. */
export function correlate(
  cv: OpenCv,
  current: PhotoFeatures,
  prior: PhotoFeatures,
  { h, weightAt }: Where,
): { readonly ncc: number; readonly share: number } {
  return withMats((keep) => {
    const { data } = keep(warpLevelled(cv, current, prior, h))
    let [n, teeth, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0, 0]
    for (let y = 1; y < current.heightPx; y += 3) {
      for (let x = 1; x < current.widthPx; x += 3) {
        const at = y * current.widthPx + x
        if (current.teeth[at] !== 255 || weightAt(x, y) === 0) continue
        teeth += 1
        const [px, py] = mapPoint(h, x, y)
        const [ix, iy] = [Math.round(px), Math.round(py)]
        if (ix < 0 || iy < 0 || ix >= prior.widthPx || iy >= prior.heightPx) continue
        if (prior.teeth[iy * prior.widthPx + ix] !== 255) continue
        const [a, b] = [current.levelled[at] ?? 0, data[at] ?? 0]
        n += 1
        sa += a
        sb += b
        saa += a * a
        sbb += b * b
        sab += a * b
      }
    }
    if (n < 200) return { ncc: 0, share: 0 }
    const spread = Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n))
    return { ncc: spread > 0 ? (sab - (sa * sb) / n) / spread : 0, share: n / Math.max(1, teeth) }
  })
}
