import { archOf, crownSize, kindOf, sideOf, type CrownKind, type CrownSize } from './crown-table.ts'
import { type GridPoint, gridMesh, MATERIAL, type Mesh } from './mesh.ts'

/**
 * A crown in its own frame, in mm: origin in the middle of the neck, +z to the biting edge, +y to the cheek or lip,
 * x = y cross z. The wall rises in rings from the root (under the gum) to the rim; a cap of shrinking rings closes it.
 */
const COLUMNS = 44
const WALL_ROWS = 18
const CAP_ROWS = 9
/** Share of the crown length that the mesh continues into the gum. */
const ROOT_SHARE = 0.45

/** Half widths as shares of the greatest: [height share, mesiodistal, facial, lingual]. The neck's own width comes from the table. */
type Profile = readonly (readonly [number, number, number, number])[]
const PROFILES: Record<CrownKind, Profile> = {
  incisor: [
    [-0.45, 0, 0.66, -0.7],
    [0, 0, 0.86, -0.88],
    [0.18, 0.88, 1, -0.96],
    [0.45, 0.95, 0.96, -0.42],
    [0.75, 1, 0.74, -0.06],
    [0.93, 0.985, 0.5, 0.1],
    [1, 0.95, 0.38, 0.2],
  ],
  canine: [
    [-0.45, 0, 0.7, -0.75],
    [0, 0, 0.88, -0.9],
    [0.25, 0.92, 1, -0.95],
    [0.5, 1, 0.97, -0.6],
    [0.75, 0.98, 0.74, -0.34],
    [0.92, 0.82, 0.46, -0.12],
    [1, 0.6, 0.26, -0.02],
  ],
  premolar: [
    [-0.45, 0, 0.75, -0.75],
    [0, 0, 0.9, -0.9],
    [0.25, 0.93, 1, -0.97],
    [0.55, 1, 0.95, -1],
    [0.8, 0.95, 0.8, -0.9],
    [0.94, 0.85, 0.66, -0.74],
    [1, 0.76, 0.56, -0.62],
  ],
  molar: [
    [-0.45, 0, 0.8, -0.8],
    [0, 0, 0.92, -0.92],
    [0.22, 0.95, 1, -0.97],
    [0.55, 1, 0.95, -1],
    [0.8, 0.96, 0.82, -0.92],
    [0.94, 0.88, 0.69, -0.78],
    [1, 0.8, 0.6, -0.66],
  ],
}

function sample(profile: Profile, t: number, field: 1 | 2 | 3, neck: number): number {
  const value = (i: number) => {
    const row = profile[Math.max(0, Math.min(profile.length - 1, i))] ?? [0, 0, 0, 0]
    return field === 1 && row[1] === 0 ? neck * (row[0] < 0 ? 0.86 : 1) : row[field]
  }
  const at = (i: number) => profile[Math.max(0, Math.min(profile.length - 1, i))]?.[0] ?? 0
  let i = 0
  while (i < profile.length - 2 && t > at(i + 1)) i++
  const [t0, t1] = [at(i), at(i + 1)]
  const slope = (k: number) => (value(k + 1) - value(k - 1)) / Math.max(0.05, at(k + 1) - at(k - 1))
  const u = Math.max(0, Math.min(1, (t - t0) / (t1 - t0)))
  const span = t1 - t0
  const [u2, u3] = [u * u, u * u * u]
  return (
    (2 * u3 - 3 * u2 + 1) * value(i) +
    (u3 - 2 * u2 + u) * span * slope(i) +
    (3 * u2 - 2 * u3) * value(i + 1) +
    (u3 - u2) * span * slope(i + 1)
  )
}

/** Cusp tips as shares of the half widths: [distal, facial, mm below the highest]. */
function cusps(fdi: number): readonly (readonly [number, number, number])[] {
  const upper = archOf(fdi) === 'upper'
  if (kindOf(fdi) === 'premolar')
    return upper
      ? [
          [0, 0.58, 0],
          [-0.08, -0.55, 0.7],
        ]
      : [
          [0, 0.45, 0],
          [-0.15, -0.6, 2],
        ]
  if (upper)
    return [
      [-0.46, 0.56, 0.1],
      [0.44, 0.54, 0.4],
      [-0.4, -0.5, 0],
      [0.52, -0.56, 1],
    ]
  return [
    [-0.55, 0.56, 0.3],
    [0.06, 0.6, 0.4],
    [0.62, 0.42, 0.8],
    [-0.5, -0.6, 0],
    [0.42, -0.6, 0.2],
  ]
}

/** Height of the biting surface and how deep in a fissure the point lies (0-1). `u` runs to distal, `v` to facial, both -1 to 1. */
function occlusal(fdi: number, size: CrownSize, u: number, v: number): readonly [number, number] {
  const kind = kindOf(fdi)
  const length = size.lengthMm
  if (kind === 'incisor') return [length - (u > 0 ? 0.85 : 0.4) * Math.abs(u) ** 5 - 0.07 * Math.cos(u * 9), 0]
  if (kind === 'canine') return [length - (u > 0 ? 2.7 : 2) * (Math.sqrt(u * u + 0.02) - 0.14), 0]
  let [first, second] = [-1e9, -1e9]
  for (const [cu, cv, below] of cusps(fdi)) {
    const du = ((u - cu) * size.mesiodistalMm) / 2
    const dv = ((v - cv) * size.buccolingualMm) / 2
    const height = -below - 0.78 * (Math.sqrt(du * du + dv * dv + 0.7) - 0.83)
    if (height > first) [second, first] = [first, height]
    else if (height > second) second = height
  }
  const gap = first - second
  const ridge = Math.max(0, (Math.abs(u) - 0.55) / 0.45) ** 2 * 0.9 * (1 - Math.min(1, v * v))
  const groove = Math.exp(-((gap / 0.16) ** 2)) * Math.max(0, 1 - Math.abs(u) ** 6) * (Math.abs(v) < 0.85 ? 1 : 0.15)
  return [length + first + ridge + 0.25 * Math.exp(-gap / 0.4) - 0.42 * groove, groove]
}

/** Roundness of the cross-section: 2 is an ellipse, more is squarer. */
function squareness(kind: CrownKind, t: number): number {
  if (kind === 'molar') return 2.7 + 0.3 * t
  return kind === 'incisor' ? 2.2 + 1.2 * Math.max(0, t) : 2.25
}

/** Crown surface of one tooth in the crown's own frame. Traits: height share (0 neck, 1 edge), fissure (0-1). */
export function crownMesh(fdi: number): Mesh {
  return gridMesh(MATERIAL.tooth, fdi, WALL_ROWS + CAP_ROWS, COLUMNS, true, (row, column) =>
    crownPoint(fdi, row, (column / COLUMNS) * 2 * Math.PI),
  )
}

function crownPoint(fdi: number, row: number, angle: number): GridPoint {
  const size = crownSize(fdi)
  const wall = Math.min(1, row / (WALL_ROWS - 1))
  const t = -ROOT_SHARE + (1 + ROOT_SHARE) * (1 - (1 - wall) ** 1.35)
  const cap = row < WALL_ROWS ? 1 : 1 - (row - WALL_ROWS + 1) / CAP_ROWS
  return surfacePoint(fdi, size, Math.min(1, t), cap, angle)
}

function surfacePoint(fdi: number, size: CrownSize, t: number, cap: number, angle: number): GridPoint {
  const kind = kindOf(fdi)
  const profile = PROFILES[kind]
  const neck = size.mesiodistalNeckMm / size.mesiodistalMm
  const halfDepth = size.buccolingualMm / 2
  const half = (sample(profile, t, 1, neck) * size.mesiodistalMm) / 2
  const facial = sample(profile, t, 2, neck) * halfDepth
  const lingual = sample(profile, t, 3, neck) * halfDepth
  const power = 2 / squareness(kind, t)
  const bend = (value: number) => Math.sign(value) * Math.abs(value) ** power
  const [c, s] = [bend(Math.cos(angle)), bend(Math.sin(angle))]
  // Seen from above a crown narrows to the tongue, most of all in the front.
  const taper = 1 - (s < 0 ? (kind === 'molar' ? 0.06 : 0.16) * -s : 0)
  const distal = half * c * taper * cap
  const y = (facial + lingual) / 2 + ((facial - lingual) / 2) * s * cap
  const [top, groove] = occlusal(fdi, size, distal / (size.mesiodistalMm / 2), y / halfDepth)
  const z = cap < 1 ? top : t * (t < 0 ? size.lengthMm : size.lengthMm + (top - size.lengthMm) * t ** 3)
  return [distal * distalSign(fdi), y, z, cap < 1 ? 1 : t, cap < 1 ? groove : groove * Math.max(0, t - 0.8) * 2]
}

/** Which way local x points: the frame is right-handed in every tooth, so distal is +x in two quadrants and -x in two. */
export function distalSign(fdi: number): number {
  return (archOf(fdi) === 'upper' ? 1 : -1) * sideOf(fdi)
}
