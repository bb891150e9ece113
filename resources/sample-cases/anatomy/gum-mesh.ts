import { crownSize, LOWER_TEETH, UPPER_TEETH, type Arch } from './crown-table.ts'
import { type Matrix4, transformPoint } from './matrix.ts'
import { type GridPoint, gridMesh, MATERIAL, type Mesh } from './mesh.ts'

/** Crown frame to world of every tooth, by FDI. */
export type TeethMatrices = ReadonlyMap<number, Matrix4>

/** One place on the ridge: where the neck line runs and how wide the teeth are there. `between` is 0 at a tooth, 1 between two. */
type Station = {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly facialX: number
  readonly facialY: number
  readonly facialMm: number
  readonly lingualMm: number
  readonly crownMm: number
  readonly between: number
  /** 1 along the teeth, falling to 0 where the ridge ends behind the last one. */
  readonly end: number
}

const STEPS_PER_TOOTH = 12
/** Cross-section from the facial vestibule over the ridge to the tongue side: [mm out from the tooth, mm below the margin]. */
const FACIAL: readonly (readonly [number, number])[] = [
  [11.5, 17.2],
  [9.5, 16.2],
  [7.4, 14.6],
  [4.8, 12.8],
  [3.3, 10.6],
  [2.3, 8],
  [1.7, 5.4],
  [1.35, 3.4],
  [1.05, 1.9],
  [0.72, 0.9],
  [0.4, 0.25],
  [-0.1, 0],
  [-1.1, 0.1],
]
const LINGUAL: readonly (readonly [number, number])[] = [
  [-1.1, 0.1],
  [-0.1, 0],
  [0.45, 0.3],
  [0.9, 1.2],
  [1.5, 2.6],
  [2.4, 4.6],
  [3.8, 6.6],
  [6, 8.4],
]

export function ridgeStations(arch: Arch, teeth: TeethMatrices): readonly Station[] {
  const row = arch === 'upper' ? UPPER_TEETH : LOWER_TEETH
  const necks = row.map((fdi) => {
    const matrix = teeth.get(fdi)
    if (matrix === undefined) throw new Error('A ridge needs every tooth of its arch')
    const size = crownSize(fdi)
    const [x, y, z] = transformPoint(matrix, [0, 0, 0])
    const [fx, fy] = [matrix[1] ?? 0, matrix[5] ?? 0]
    const length = Math.hypot(fx, fy) || 1
    return {
      x,
      y,
      z,
      facialX: fx / length,
      facialY: fy / length,
      half: size.buccolingualMm / 2,
      crownMm: size.lengthMm,
    }
  })
  const total = row.length * STEPS_PER_TOOTH
  return Array.from({ length: total + 1 + STEPS_PER_TOOTH }, (_, i) => {
    const q = (i - STEPS_PER_TOOTH / 2) / STEPS_PER_TOOTH - 0.5
    return station(necks, q)
  })
}

type Neck = Omit<Station, 'facialMm' | 'lingualMm' | 'between' | 'end'> & { readonly half: number }

function station(necks: readonly Neck[], q: number): Station {
  const at = (field: keyof Neck) =>
    spline(
      necks.map((neck) => neck[field]),
      q,
    )
  const between = Math.abs(q - Math.round(q)) * 2
  const [fx, fy] = [at('facialX'), at('facialY')]
  const length = Math.hypot(fx, fy) || 1
  const half = at('half')
  const narrow = 1 - 0.42 * between ** 2.4
  // Behind the last tooth the ridge rounds off.
  const beyond = Math.min(1, Math.max(0, Math.max(-q, q - (necks.length - 1)) - 0.35) / 0.66)
  const end = Math.sqrt(1 - beyond * beyond)
  return {
    x: at('x'),
    y: at('y'),
    z: at('z'),
    facialX: fx / length,
    facialY: fy / length,
    facialMm: half * 0.93 * narrow,
    lingualMm: half * 0.93 * narrow,
    crownMm: at('crownMm'),
    end,
    between,
  }
}

/** Catmull-Rom through the teeth; straight on beyond the last one. */
function spline(values: readonly number[], q: number): number {
  const last = values.length - 1
  const value = (i: number): number => {
    if (i < 0) return 2 * (values[0] ?? 0) - (values[-i] ?? 0)
    if (i > last) return 2 * (values[last] ?? 0) - (values[2 * last - i] ?? 0)
    return values[i] ?? 0
  }
  const i = Math.floor(q)
  const u = q - i
  const [a, b, c, d] = [value(i - 1), value(i), value(i + 1), value(i + 2)]
  return 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u * u + (3 * b - a - 3 * c + d) * u ** 3)
}

/**
 * The band of gum around one arch. Traits: mm below the margin (negative on the tongue side), and `between`.
 * @param recessionMm how far the margin has withdrawn to the root; negative covers more of the crown
 */
export function gumMesh(arch: Arch, teeth: TeethMatrices, recessionMm: number): Mesh {
  const up = arch === 'upper' ? -1 : 1
  const stations = ridgeStations(arch, teeth)
  const columns = FACIAL.length + LINGUAL.length
  return gridMesh(MATERIAL.gum, 0, stations.length, columns, false, (row, column) => {
    const here = stations[row]
    if (here === undefined) throw new Error('No such station')
    const facial = column < FACIAL.length
    const [outMm, belowMm] = (facial ? FACIAL[column] : LINGUAL[column - FACIAL.length]) ?? [0, 0]
    return gumPoint(here, facial ? 1 : -1, outMm, belowMm, up, recessionMm)
  })
}

function gumPoint(
  here: Station,
  side: 1 | -1,
  outMm: number,
  belowMm: number,
  up: number,
  recessionMm: number,
): GridPoint {
  const papilla = here.crownMm * 0.44 * here.between ** 2.1 * Math.max(0, 1 - belowMm / 9)
  const eminence =
    side > 0 && belowMm > 1.5 && belowMm < 12
      ? 0.75 * (1 - here.between ** 1.5) * Math.sin((Math.PI * belowMm) / 12)
      : 0
  const toothMm = side > 0 ? here.facialMm : here.lingualMm
  // Far from the teeth the scallop of the margin is forgotten: the vestibule runs smoothly.
  const smooth = Math.min(1, belowMm / 9)
  const widthMm = toothMm * (1 - smooth) + 3.6 * smooth
  const out = side * (Math.max(0.2, widthMm + outMm) + eminence) * (belowMm < 9 ? here.end : 0.4 + 0.6 * here.end)
  const lift = 0.9 - recessionMm + papilla * here.end - belowMm - 3 * (1 - here.end)
  return [here.x + here.facialX * out, here.y + here.facialY * out, here.z + up * lift, side * belowMm, here.between]
}

/** Roof of the mouth (upper) or its floor (lower), from the gum's tongue side inwards. Traits: share to the middle, mm to the back. */
export function vaultMesh(arch: Arch, teeth: TeethMatrices): Mesh {
  const up = arch === 'upper' ? -1 : 1
  const stations = ridgeStations(arch, teeth)
  const half = Math.floor(stations.length / 2)
  const behind = 14
  const columns = 41
  const heightMm = arch === 'upper' ? 13 : 9
  return gridMesh(MATERIAL.palate, 0, half + 1 + behind, columns, false, (row, column) => {
    const extra = Math.max(0, behind - row)
    const index = Math.max(0, row - behind)
    const right = stations[index]
    const left = stations[stations.length - 1 - index]
    if (right === undefined || left === undefined) throw new Error('No such station')
    const v = column / (columns - 1)
    const inner = (s: Station) =>
      [s.x - s.facialX * (s.lingualMm + 1.8), s.y - s.facialY * (s.lingualMm + 1.8)] as const
    const [rx, ry] = inner(right)
    const [lx, ly] = inner(left)
    const across = 1 - (2 * v - 1) ** 2
    const width = Math.abs(lx - rx)
    const rise = heightMm * Math.min(1, width / 30) * across ** 0.7
    const y = ry + (ly - ry) * v + extra * 3
    const rugae = arch === 'upper' ? rugaeMm(y, v) : 0
    const z = (right.z + left.z) / 2 + up * (-3 - rise + rugae - extra * extra * 0.07)
    const wider = 1 + (arch === 'upper' ? 0.3 : 0.12) * Math.sqrt(extra)
    return [(rx + (lx - rx) * v) * wider, y, z, across, y]
  })
}

/** Ripples behind the incisors, and the raphe along the middle. */
function rugaeMm(y: number, v: number): number {
  const middle = Math.abs(v - 0.5)
  const front = Math.max(0, 1 - Math.abs(y - 13) / 9)
  const ripple =
    Math.sin(y * 1.5 + middle * 9 + Math.sin(middle * 21) * 0.8) *
    front *
    Math.min(1, middle * 9) *
    (middle < 0.38 ? 1 : 0.3)
  const papilla = Math.exp(-((y - 5.5) ** 2) / 4 - middle * middle * 180)
  return 0.62 * ripple + 1.1 * papilla - 0.35 * Math.exp(-middle * middle * 1500)
}
