import { archOf, crownSize, kindOf, LOWER_CROWNS, sideOf, UPPER_CROWNS, type Arch } from './crown-table.ts'
import { cross, frame, type Matrix4, multiply, rotation, translation, type Vec3 } from './matrix.ts'

/**
 * World frame: DICOM's LPS axes in mm (x to the patient's left, y to the back, z to the head); the origin lies where the
 * upper central incisors meet, at the height of the bite.
 */
export type ArchForm = {
  /** Half width and depth of the ellipse on which crown centres lie. */
  readonly halfWidthMm: number
  readonly depthMm: number
  /** How far behind the origin the ellipse begins: overjet for the lower arch. */
  readonly setbackMm: number
  /** Distance that upper and lower incisors overlap. */
  readonly overbiteMm: number
  /** Depth of the curve of Spee. */
  readonly speeMm: number
}

/** How one tooth differs from its place in the arch. Millimetres and degrees, about the middle of the crown. */
export type ToothOffset = {
  /** To distal, to facial, to occlusal (extruded is positive). */
  readonly distalMm: number
  readonly facialMm: number
  readonly occlusalMm: number
  /** Edge to distal (tip), edge to facial (torque), and turn about the long axis (seen from the edge, counter-clockwise). */
  readonly tipDeg: number
  readonly torqueDeg: number
  readonly rotationDeg: number
}
export const NO_OFFSET: ToothOffset = {
  distalMm: 0,
  facialMm: 0,
  occlusalMm: 0,
  tipDeg: 0,
  torqueDeg: 0,
  rotationDeg: 0,
}

/** The front of an arch is flatter than an ellipse: incisors turn less than its curve would have them. */
const FACING_SHARE = [0.5, 0.74, 0.92]

const UPPER_TORQUE = [16, 13, 7, -1, -2, -5, -6]
const LOWER_TORQUE = [13, 11, 5, -3, -6, -10, -12]
const UPPER_TIP = [3, 5, 7, 3, 2, -2, -4]
const LOWER_TIP = [0, 0, 4, 2, 1, -2, -3]

/** Distance of a crown's centre from the midline along the arch: half its own width plus all before it. */
export function arcPositionMm(fdi: number): number {
  const row = archOf(fdi) === 'upper' ? UPPER_CROWNS : LOWER_CROWNS
  // Crowns touch at their widest, outside the line of their middles: the middles stand a little closer.
  const before = row.slice(0, (fdi % 10) - 1).reduce((sum, crown) => sum + crown.mesiodistalMm, 0)
  return 0.955 * (before + crownSize(fdi).mesiodistalMm / 2)
}

/** The ellipse's angle at an arc length, by summing short chords: there is no closed form. */
function angleAt(form: ArchForm, arcMm: number): number {
  const step = 0.004
  let [angle, length] = [0, 0]
  while (length < arcMm && angle < 1.57) {
    length += step * Math.hypot(form.halfWidthMm * Math.cos(angle), form.depthMm * Math.sin(angle))
    angle += step
  }
  return angle
}

function tipHeightMm(arch: Arch, fdi: number, form: ArchForm): number {
  const front = kindOf(fdi) === 'incisor' || kindOf(fdi) === 'canine'
  const lap = front ? form.overbiteMm / 2 : 1.2
  const lateral = arch === 'upper' && fdi % 10 === 2 ? -0.6 : 0
  return lap + lateral
}

/** Crown frame to world at the tooth's ideal place plus `offset`. */
export function toothMatrix(fdi: number, form: ArchForm, offset: ToothOffset = NO_OFFSET): Matrix4 {
  const arch = archOf(fdi)
  const side = sideOf(fdi)
  const up = arch === 'upper' ? -1 : 1
  const angle = angleAt(form, arcPositionMm(fdi))
  const size = crownSize(fdi)
  const curve = Math.atan2(form.depthMm * Math.sin(angle), form.halfWidthMm * Math.cos(angle))
  const facing = curve * (FACING_SHARE[(fdi % 10) - 1] ?? 1)
  const facial: Vec3 = [side * Math.sin(facing), -Math.cos(facing), 0]
  const distal: Vec3 = [side * -facial[1], side * facial[0], 0]
  const spee = -form.speeMm * Math.sin((Math.PI * Math.min(46, arcPositionMm(fdi))) / 46)
  const tipZ = -up * -tipHeightMm(arch, fdi, form) + spee
  const centre: Vec3 = [
    side * form.halfWidthMm * Math.sin(angle) + distal[0] * offset.distalMm + facial[0] * offset.facialMm,
    form.setbackMm + form.depthMm * (1 - Math.cos(angle)) + distal[1] * offset.distalMm + facial[1] * offset.facialMm,
    tipZ - up * (size.lengthMm / 2) + up * offset.occlusalMm,
  ]
  const occlusal: Vec3 = [0, 0, up]
  const axes = frame(cross(facial, occlusal), facial, occlusal, centre)
  return multiply(multiply(axes, tilt(fdi, offset)), translation([0, 0, -size.lengthMm / 2]))
}

function tilt(fdi: number, offset: ToothOffset): Matrix4 {
  const upper = archOf(fdi) === 'upper'
  const index = (fdi % 10) - 1
  const side = sideOf(fdi)
  const torque = ((upper ? UPPER_TORQUE : LOWER_TORQUE)[index] ?? 0) + offset.torqueDeg
  const tip = ((upper ? UPPER_TIP : LOWER_TIP)[index] ?? 0) * -1 + offset.tipDeg
  // Edge to distal is a turn about the facial axis whose sense depends on which way local x points.
  const sense = (upper ? 1 : -1) * side
  return multiply(multiply(rotation('z', offset.rotationDeg), rotation('x', -torque)), rotation('y', sense * tip))
}
