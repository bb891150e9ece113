import type { PhotoFeatures } from './features.ts'
import { type Homography, mapPoint } from './homography.ts'
import { type Grid, isTooth, type Track } from './track.ts'

/** `b`: the prior as it lies under the current photo. */
type Patches = { readonly a: Uint8Array; readonly b: Uint8Array; readonly current: PhotoFeatures }
type Tracked = { readonly grid: Grid; readonly found: readonly Track[]; readonly h: Homography }

/**
 * How alike the teeth are patch by patch, each where the flow found it: another mouth's brackets lie where these do, but
 * what is between them differs. A patch that was not found again counts nothing.
 */
export function likenessOf(images: Patches, prior: PhotoFeatures, { grid, found, h }: Tracked): number {
  const isShown = ([x, y]: readonly [number, number]) => {
    if (!isTooth(images.current, x, y)) return false
    const [px, py] = mapPoint(h, x, y)
    return prior.teeth[Math.round(py) * prior.widthPx + Math.round(px)] === 255
  }
  const shown = grid.filter(isShown).length
  if (shown === 0) return 0
  const alike = found.filter(({ x, y }) => isShown([x, y])).map((track) => Math.max(0, patchLikeness(images, track)))
  return alike.reduce((sum, one) => sum + one, 0) / shown
}

const PATCH_PX = 10

/** Correlation of the patch about (x, y) with the one about (tx, ty) in the prior as it lies under the current photo. */
function patchLikeness({ a, b, current }: Patches, { x, y, tx, ty }: Track): number {
  const { widthPx, heightPx } = current
  const [ax, ay, bx, by] = [Math.round(x), Math.round(y), Math.round(tx), Math.round(ty)]
  const room = (at: number, length: number) => at >= PATCH_PX && at < length - PATCH_PX
  if (!room(ax, widthPx) || !room(bx, widthPx) || !room(ay, heightPx) || !room(by, heightPx)) return 0
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0]
  for (let dy = -PATCH_PX; dy <= PATCH_PX; dy += 1) {
    const [rowA, rowB] = [(ay + dy) * widthPx + ax, (by + dy) * widthPx + bx]
    for (let dx = -PATCH_PX; dx <= PATCH_PX; dx += 1) {
      const [p, q] = [a[rowA + dx] ?? 0, b[rowB + dx] ?? 0]
      n += 1
      sa += p
      sb += q
      saa += p * p
      sbb += q * q
      sab += p * q
    }
  }
  const spread = Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n))
  return spread > 0 ? (sab - (sa * sb) / n) / spread : 0
}
