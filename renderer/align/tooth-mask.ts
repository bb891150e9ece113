import { type Mat, type OpenCv, withMats } from './open-cv.ts'

/** Where teeth are, and where features may be: near teeth, not on highlights. The caller deletes both. */
export type ToothMask = { readonly teeth: Mat; readonly region: Mat }

/** Below this lightness (of 255) it is the dark of the mouth, above the other a highlight or a white corner. */
const DARK = 70
const HIGHLIGHT = 248
/** Pieces smaller than this share of the photo are no teeth: spots of light on gums and lips. */
const LEAST_PIECE = 0.004

/** Teeth are less red than gums, lips and skin (Lab a*), and brighter than the throat. */
export function findToothMask(cv: OpenCv, rgb: Mat): ToothMask {
  return withMats((keep) => {
    const lab = keep(new cv.Mat())
    cv.cvtColor(rgb, lab, cv.COLOR_RGB2Lab)
    const planes = keep(new cv.MatVector())
    cv.split(lab, planes)
    const light = keep(planes.get(0))
    const red = keep(planes.get(1))
    const teeth = new cv.Mat()
    cv.GaussianBlur(red, red, new cv.Size(0, 0), 3)
    cv.threshold(red, teeth, 0, 255, cv.THRESH_BINARY_INV + cv.THRESH_OTSU)
    const bright = keep(new cv.Mat())
    cv.threshold(light, bright, DARK, 255, cv.THRESH_BINARY)
    cv.bitwise_and(teeth, bright, teeth)
    shape(cv, teeth, cv.MORPH_OPEN, 5)
    shape(cv, teeth, cv.MORPH_CLOSE, 9)
    dropSmallPieces(cv, teeth)
    const region = new cv.Mat()
    cv.threshold(teeth, region, 127, 255, cv.THRESH_BINARY)
    shape(cv, region, cv.MORPH_DILATE, 25)
    const dull = keep(new cv.Mat())
    cv.threshold(light, dull, HIGHLIGHT, 255, cv.THRESH_BINARY_INV)
    cv.bitwise_and(region, dull, region)
    return { teeth, region }
  })
}

function shape(cv: OpenCv, mask: Mat, operation: number, widthPx: number) {
  withMats((keep) => {
    const kernel = keep(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(widthPx, widthPx)))
    cv.morphologyEx(mask, mask, operation, kernel)
  })
}

function dropSmallPieces(cv: OpenCv, mask: Mat) {
  withMats((keep) => {
    const labels = keep(new cv.Mat())
    const stats = keep(new cv.Mat())
    const count = cv.connectedComponentsWithStats(mask, labels, stats, keep(new cv.Mat()))
    const least = mask.rows * mask.cols * LEAST_PIECE
    const area = (piece: number) => stats.data32S[piece * 5 + 4] ?? 0
    const kept = Uint8Array.from({ length: count }, (_, piece) => (piece > 0 && area(piece) >= least ? 255 : 0))
    const { data } = mask
    const { data32S } = labels
    for (let at = 0; at < data.length; at += 1) data[at] = kept[data32S[at] ?? 0] ?? 0
  })
}
