import type { Pixels } from './features.ts'
import type { WarpSize } from './messages.ts'
import { type OpenCv, withMats } from './open-cv.ts'

/** The prior as it would look in the current photo's frame; transparent where it shows nothing. */
export function warpPrior(cv: OpenCv, prior: Pixels, transform: readonly number[], size: WarpSize): Pixels {
  return withMats((keep) => {
    const from = keep(new cv.Mat(prior.heightPx, prior.widthPx, cv.CV_8UC4))
    from.data.set(prior.data)
    const matrix = keep(new cv.Mat(3, 3, cv.CV_64FC1))
    matrix.data64F.set(inPixels(transform, prior, size))
    const to = keep(new cv.Mat())
    const flags = cv.INTER_LINEAR + cv.WARP_INVERSE_MAP
    const target = new cv.Size(size.widthPx, size.heightPx)
    cv.warpPerspective(from, to, matrix, target, flags, cv.BORDER_CONSTANT, new cv.Scalar(0, 0, 0, 0))
    return { ...size, data: new Uint8ClampedArray(to.data) }
  })
}

/** Of the target's pixels to the prior's; both count from the middle of the first one. */
function inPixels(transform: readonly number[], { widthPx: w, heightPx: h }: WarpSize, size: WarpSize): number[] {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, i = 0, j = 1] = transform
  const rows = [
    [a * w - 0.5 * g, b * w - 0.5 * i, c * w - 0.5 * j],
    [d * h - 0.5 * g, e * h - 0.5 * i, f * h - 0.5 * j],
    [g, i, j],
  ]
  return rows.flatMap(([x = 0, y = 0, one = 0]) => {
    const [px, py] = [x / size.widthPx, y / size.heightPx]
    return [px, py, one + 0.5 * px + 0.5 * py]
  })
}
