import type { View } from '../../../server/contract/domain/views.ts'
import {
  cross,
  dot,
  type Matrix4,
  multiply,
  normalize,
  rotation,
  transformPoint,
  type Vec3,
} from '../anatomy/matrix.ts'

/**
 * A pinhole camera without lens distortion. Pixels are continuous: (0, 0) is the outer corner of the first pixel,
 * x to the right, y down, always of the photo upright and at its full size.
 */
export type Camera = {
  readonly widthPx: number
  readonly heightPx: number
  /** 3 x 4, row-major: world millimetres to homogeneous pixels. Includes the flip of a mirrored photo. */
  readonly projection: readonly number[]
  /** World to camera: x right, y down, z away from the camera, in mm. */
  readonly worldToCamera: Matrix4
  readonly focalPx: number
  /** -1 when the photo is stored mirrored. */
  readonly flip: 1 | -1
}

/** How a hand-held photo differs from the view's ideal. */
export type CameraJitter = {
  readonly yawDeg: number
  readonly pitchDeg: number
  readonly rollDeg: number
  readonly rightMm: number
  readonly downMm: number
  /** Field width against the view's usual one. */
  readonly zoom: number
  readonly distanceMm: number
}
export const STEADY: CameraJitter = {
  yawDeg: 0,
  pitchDeg: 0,
  rollDeg: 0,
  rightMm: 0,
  downMm: 0,
  zoom: 1,
  distanceMm: 190,
}

type Aim = { readonly at: Vec3; readonly look: Vec3; readonly up: Vec3; readonly fieldMm: number }
const AIMS: Record<View, Aim> = {
  frontal: { at: [0, 8, 0], look: [0, 1, 0], up: [0, 0, 1], fieldMm: 76 },
  buccal_right: { at: [-17, 15, 0], look: [0.86, 0.5, 0], up: [0, 0, 1], fieldMm: 64 },
  buccal_left: { at: [17, 15, 0], look: [-0.86, 0.5, 0], up: [0, 0, 1], fieldMm: 64 },
  occlusal_upper: { at: [0, 25, 0], look: [0, 0.16, 0.98], up: [0, -1, 0], fieldMm: 86 },
  occlusal_lower: { at: [0, 24, 0], look: [0, 0.16, -0.98], up: [0, 1, 0], fieldMm: 86 },
}

export function makeCamera(
  view: View,
  jitter: CameraJitter,
  size: { widthPx: number; heightPx: number },
  flip: 1 | -1 = 1,
): Camera {
  const aim = AIMS[view]
  const look = normalize(aim.look)
  const right = normalize(cross(look, aim.up))
  const down = cross(look, right)
  const turn = multiply(
    multiply(rotation('z', jitter.rollDeg), rotation('x', jitter.pitchDeg)),
    rotation('y', jitter.yawDeg),
  )
  const axes: Matrix4 = [...right, 0, ...down, 0, ...look, 0, 0, 0, 0, 1]
  // The camera turns about the aim, not about itself: another viewpoint, the same subject.
  const turned = multiply(turn, axes)
  const centred = transformPoint(turned, aim.at)
  const shift: Vec3 = [jitter.rightMm - centred[0], jitter.downMm - centred[1], jitter.distanceMm - centred[2]]
  const worldToCamera = turned.map((value, i) => (i % 4 === 3 && i < 12 ? (shift[(i - 3) / 4] ?? 0) : value))
  const focalPx = (size.widthPx * jitter.distanceMm) / (aim.fieldMm * jitter.zoom)
  const intrinsics = [flip * focalPx, 0, size.widthPx / 2, 0, focalPx, size.heightPx / 2, 0, 0, 1]
  return { ...size, projection: projectionOf(intrinsics, worldToCamera), worldToCamera, focalPx, flip }
}

function projectionOf(k: readonly number[], m: Matrix4): readonly number[] {
  return [0, 1, 2].flatMap((row) =>
    [0, 1, 2, 3].map((col) => [0, 1, 2].reduce((sum, i) => sum + (k[row * 3 + i] ?? 0) * (m[i * 4 + col] ?? 0), 0)),
  )
}

/** Inverse of a rigid motion: camera to world. */
export function invertRigid(m: Matrix4): Matrix4 {
  const column = (c: number): Vec3 => [m[c] ?? 0, m[c + 4] ?? 0, m[c + 8] ?? 0]
  const shift = column(3)
  const [x, y, z] = [column(0), column(1), column(2)]
  return [...x, -dot(x, shift), ...y, -dot(y, shift), ...z, -dot(z, shift), 0, 0, 0, 1]
}

/** Where a world point falls, in pixels of the full-size upright photo. */
export function projectPoint(projection: readonly number[], [x, y, z]: Vec3): readonly [number, number] {
  const row = (i: number) =>
    (projection[i] ?? 0) * x + (projection[i + 1] ?? 0) * y + (projection[i + 2] ?? 0) * z + (projection[i + 3] ?? 0)
  const depth = row(8)
  return [row(0) / depth, row(4) / depth]
}
