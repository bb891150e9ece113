import { seededRandom } from '../anatomy/random.ts'

/** Smooth value noise in [0, 1) over three coordinates; the same table for every photo, so textures are stable. */
const SIZE = 64
const MASK = SIZE - 1
const TABLE = makeTable()

function makeTable(): Float32Array {
  const random = seededRandom(20_26)
  return Float32Array.from({ length: SIZE * SIZE * SIZE }, () => random.next())
}

export function noise3(x: number, y: number, z: number): number {
  const ix = Math.floor(x)
  const iy = Math.floor(y)
  const iz = Math.floor(z)
  let u = x - ix
  let v = y - iy
  let w = z - iz
  u = u * u * (3 - 2 * u)
  v = v * v * (3 - 2 * v)
  w = w * w * (3 - 2 * w)
  const x0 = ix & MASK
  const x1 = (ix + 1) & MASK
  const y0 = (iy & MASK) * SIZE
  const y1 = ((iy + 1) & MASK) * SIZE
  const z0 = (iz & MASK) * SIZE * SIZE
  const z1 = ((iz + 1) & MASK) * SIZE * SIZE
  const a = mix(TABLE[z0 + y0 + x0] ?? 0, TABLE[z0 + y0 + x1] ?? 0, u)
  const b = mix(TABLE[z0 + y1 + x0] ?? 0, TABLE[z0 + y1 + x1] ?? 0, u)
  const c = mix(TABLE[z1 + y0 + x0] ?? 0, TABLE[z1 + y0 + x1] ?? 0, u)
  const d = mix(TABLE[z1 + y1 + x0] ?? 0, TABLE[z1 + y1 + x1] ?? 0, u)
  return mix(mix(a, b, v), mix(c, d, v), w)
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share
}
