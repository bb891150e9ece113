import { type Look, type Paint, paintPoint } from './colours.ts'
import { noise3 } from './noise.ts'
import type { Visible } from './raster.ts'
import { crevices } from './shadow.ts'
import type { Camera } from './camera.ts'

/** Light and film of one session. */
export type Exposure = {
  /** 1 is right; 0.2 is a dark photo. */
  readonly gain: number
  /** White balance: gains of red and blue against green. */
  readonly red: number
  readonly blue: number
  /** Where the two flash heads sit beside the lens, in mm. */
  readonly flashRightMm: number
  readonly flashUpMm: number
}

/** Lit colours as 8-bit RGB in the screen's curve, one triple per pixel. */
export function shade(visible: Visible, camera: Camera, look: Look, exposure: Exposure): Uint8Array {
  const { widthPx, heightPx, triangle, nearness } = visible
  const scale = widthPx / camera.widthPx
  const focal = camera.focalPx * scale
  const aimMm = camera.worldToCamera[11] ?? 190
  const lit = crevices(nearness, widthPx, heightPx, focal / aimMm)
  const quarter = Math.ceil(widthPx / 4)
  const out = new Uint8Array(widthPx * heightPx * 3)
  const paint: Paint = { r: 0, g: 0, b: 0, gloss: 0, hardness: 1, bump: 0, soft: 0 }
  const point = new Float64Array(8)
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x
      const index = (triangle[at] ?? 0) - 1
      if (index < 0) continue
      interpolate(visible, index, x + 0.5, y + 0.5, point)
      const owner = visible.geometry.placed[visible.geometry.owner[index] ?? 0]
      if (owner === undefined) continue
      const [lx, ly, lz] = [point[3] ?? 0, point[4] ?? 0, point[5] ?? 0]
      paintPoint(paint, owner.mesh.material, owner.mesh.fdi, lx, ly, lz, point[6] ?? 0, point[7] ?? 0, look)
      const depth = 1 / (nearness[at] ?? 1)
      const cx = ((camera.flip * (x + 0.5 - widthPx / 2)) / focal) * depth
      const cy = ((y + 0.5 - heightPx / 2) / focal) * depth
      light(paint, point, cx, cy, depth, aimMm, exposure, softShadow(lit, quarter, x, y), out, at * 3)
    }
  return out
}

/** Bilinear: the shadow map is coarser than the picture. */
function softShadow(lit: Float32Array, quarter: number, x: number, y: number): number {
  const fx = Math.max(0, (x - 1.5) / 4)
  const fy = Math.max(0, (y - 1.5) / 4)
  const ix = Math.floor(fx)
  const iy = Math.floor(fy)
  const at = iy * quarter + ix
  const a = lit[at] ?? 1
  const b = lit[at + 1] ?? a
  const c = lit[at + quarter] ?? a
  const d = lit[at + quarter + 1] ?? c
  const top = a + (b - a) * (fx - ix)
  return top + (c + (d - c) * (fx - ix) - top) * (fy - iy)
}

/** Normal (0-2, camera frame), place (3-5, the mesh's own frame) and traits (6-7) of the point seen in a pixel. */
export function interpolate({ geometry }: Visible, index: number, px: number, py: number, out: Float64Array): void {
  const { corners, screen, normals, local, traits } = geometry
  const a = corners[index * 3] ?? 0
  const b = corners[index * 3 + 1] ?? 0
  const c = corners[index * 3 + 2] ?? 0
  const ax = (screen[a * 3] ?? 0) - px
  const ay = (screen[a * 3 + 1] ?? 0) - py
  const bx = (screen[b * 3] ?? 0) - px
  const by = (screen[b * 3 + 1] ?? 0) - py
  const cx = (screen[c * 3] ?? 0) - px
  const cy = (screen[c * 3 + 1] ?? 0) - py
  // Weights in the picture, times nearness: weights on the surface.
  let wa = (bx * cy - by * cx) * (screen[a * 3 + 2] ?? 0)
  let wb = (cx * ay - cy * ax) * (screen[b * 3 + 2] ?? 0)
  let wc = (ax * by - ay * bx) * (screen[c * 3 + 2] ?? 0)
  const sum = wa + wb + wc
  wa /= sum
  wb /= sum
  wc /= sum
  for (let i = 0; i < 3; i++) {
    out[i] = wa * (normals[a * 3 + i] ?? 0) + wb * (normals[b * 3 + i] ?? 0) + wc * (normals[c * 3 + i] ?? 0)
    out[i + 3] = wa * (local[a * 3 + i] ?? 0) + wb * (local[b * 3 + i] ?? 0) + wc * (local[c * 3 + i] ?? 0)
  }
  for (let i = 0; i < 2; i++)
    out[i + 6] = wa * (traits[a * 2 + i] ?? 0) + wb * (traits[b * 2 + i] ?? 0) + wc * (traits[c * 2 + i] ?? 0)
}

function light(
  paint: Paint,
  point: Float64Array,
  cx: number,
  cy: number,
  depth: number,
  aimMm: number,
  exposure: Exposure,
  shadow: number,
  out: Uint8Array,
  at: number,
): void {
  const px = (point[3] ?? 0) * 0.9
  const py = (point[4] ?? 0) * 0.9
  const pz = (point[5] ?? 0) * 0.9
  // Turned, or the grid of the noise would show as squares in the highlights.
  const lx = 0.66 * px + 0.52 * py + 0.54 * pz
  const ly = -0.72 * px + 0.61 * py + 0.33 * pz
  const lz = -0.2 * px - 0.6 * py + 0.78 * pz
  const bump = paint.bump
  let nx = (point[0] ?? 0) + bump * (noise3(lx, ly, lz) - 0.5)
  let ny = (point[1] ?? 0) + bump * (noise3(lx + 17, ly, lz) - 0.5)
  let nz = point[2] ?? 0
  const inverse = 1 / Math.sqrt(cx * cx + cy * cy + depth * depth)
  const vx = -cx * inverse
  const vy = -cy * inverse
  const vz = -depth * inverse
  const facing = nx * vx + ny * vy + nz * vz
  const length = (facing < 0 ? -1 : 1) / Math.sqrt(nx * nx + ny * ny + nz * nz)
  nx *= length
  ny *= length
  nz *= length
  const away = 1 - Math.abs(facing * length)
  let diffuse = 0
  let shine = 0
  for (let head = -1; head <= 1; head += 2) {
    const tx = head * exposure.flashRightMm - cx
    const ty = -exposure.flashUpMm - cy
    const near = 1 / Math.sqrt(tx * tx + ty * ty + depth * depth)
    const dx = tx * near
    const dy = ty * near
    const dz = -depth * near
    diffuse += 0.5 * Math.max(0, (nx * dx + ny * dy + nz * dz + paint.soft) / (1 + paint.soft))
    const hx = dx + vx
    const hy = dy + vy
    const hz = dz + vz
    const half = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz)
    if (half > 0.8) shine += half ** (paint.hardness * 3) + 0.07 * half ** 22
  }
  const reach = aimMm / (depth + 4)
  const falloff = reach * reach * Math.sqrt(reach)
  const lit = exposure.gain * 1.32 * shadow * (diffuse * falloff * 0.9 + 0.16 * shadow)
  const glare = exposure.gain * shadow * falloff * paint.gloss * (shine * 0.8 + 0.05 * away * away * away)
  out[at] = film((paint.r * lit + glare) * exposure.red)
  // Light that has been inside tissue comes back redder in the shade.
  const shade = 1 - 0.16 * (1 - Math.min(1, shadow)) * paint.soft
  out[at + 1] = film(paint.g * lit * shade + glare)
  out[at + 2] = film((paint.b * lit * shade + glare) * exposure.blue)
}

/** Linear light to the screen's curve with a soft shoulder, as a camera does. */
const CURVE = Uint8Array.from({ length: 4096 }, (_, i) => {
  const x = (i / 4095) * 4
  const y = x < 0.5 ? x : 0.5 + 0.5 * (1 - Math.exp(-(x - 0.5) / 0.5))
  return Math.round(255 * y ** (1 / 2.2))
})
function film(linear: number): number {
  return CURVE[Math.max(0, Math.min(4095, (linear * 1023.75) | 0))] ?? 0
}
