/** Row-major 4 x 4 matrix of a rigid motion, and the few operations that the scene needs. Lengths in mm, angles in degrees. */
export type Matrix4 = readonly number[]
export type Vec3 = readonly [number, number, number]

export const IDENTITY: Matrix4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

export function multiply(a: Matrix4, b: Matrix4): Matrix4 {
  const out: number[] = []
  for (let row = 0; row < 4; row++)
    for (let col = 0; col < 4; col++) {
      let sum = 0
      for (let k = 0; k < 4; k++) sum += (a[row * 4 + k] ?? 0) * (b[k * 4 + col] ?? 0)
      out.push(sum)
    }
  return out
}

export function transformPoint(m: Matrix4, [x, y, z]: Vec3): Vec3 {
  const row = (i: number) => (m[i] ?? 0) * x + (m[i + 1] ?? 0) * y + (m[i + 2] ?? 0) * z + (m[i + 3] ?? 0)
  return [row(0), row(4), row(8)]
}

export function translation([x, y, z]: Vec3): Matrix4 {
  return [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]
}

/** Rotation by `degrees` about one axis through the origin, right-handed. */
export function rotation(axis: 'x' | 'y' | 'z', degrees: number): Matrix4 {
  const c = Math.cos((degrees * Math.PI) / 180)
  const s = Math.sin((degrees * Math.PI) / 180)
  if (axis === 'x') return [1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0, 0, 0, 0, 1]
  if (axis === 'y') return [c, 0, s, 0, 0, 1, 0, 0, -s, 0, c, 0, 0, 0, 0, 1]
  return [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
}

/** The matrix whose columns are the three axes of a frame and its origin. */
export function frame(x: Vec3, y: Vec3, z: Vec3, at: Vec3): Matrix4 {
  return [x[0], y[0], z[0], at[0], x[1], y[1], z[1], at[1], x[2], y[2], z[2], at[2], 0, 0, 0, 1]
}

export function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

export function normalize(a: Vec3): Vec3 {
  const length = Math.hypot(...a) || 1
  return [a[0] / length, a[1] / length, a[2] / length]
}
