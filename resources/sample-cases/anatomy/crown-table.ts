/** Mean crown sizes of permanent teeth in mm, after the tables of Wheeler's Dental Anatomy. */
export type CrownSize = {
  readonly lengthMm: number
  readonly mesiodistalMm: number
  readonly mesiodistalNeckMm: number
  /** Buccolingual (labiolingual). */
  readonly buccolingualMm: number
  readonly buccolingualNeckMm: number
}
export type CrownKind = 'incisor' | 'canine' | 'premolar' | 'molar'

const size = (
  lengthMm: number,
  mesiodistalMm: number,
  mesiodistalNeckMm: number,
  buccolingualMm: number,
  buccolingualNeckMm: number,
): CrownSize => ({ lengthMm, mesiodistalMm, mesiodistalNeckMm, buccolingualMm, buccolingualNeckMm })

/** Positions 1-7 of the upper arch, central incisor first. */
export const UPPER_CROWNS: readonly CrownSize[] = [
  size(10.5, 8.5, 7.0, 7.0, 6.0),
  size(9.0, 6.5, 5.0, 6.0, 5.0),
  size(10.0, 7.5, 5.5, 8.0, 7.0),
  size(8.5, 7.0, 5.0, 9.0, 8.0),
  size(8.5, 7.0, 5.0, 9.0, 8.0),
  size(7.5, 10.0, 8.0, 11.0, 10.0),
  size(7.0, 9.0, 7.0, 11.0, 10.0),
]
export const LOWER_CROWNS: readonly CrownSize[] = [
  size(9.0, 5.0, 3.5, 6.0, 5.3),
  size(9.5, 5.5, 4.0, 6.5, 5.8),
  size(11.0, 7.0, 5.5, 7.5, 7.0),
  size(8.5, 7.0, 5.0, 7.5, 6.5),
  size(8.0, 7.0, 5.0, 8.0, 7.0),
  size(7.5, 11.0, 9.0, 10.5, 9.0),
  size(7.0, 10.5, 8.0, 10.0, 9.0),
]

export type Arch = 'upper' | 'lower'

/** The 28 teeth of a full dentition without wisdom teeth, in FDI notation, right to left in each arch. */
export const UPPER_TEETH: readonly number[] = [17, 16, 15, 14, 13, 12, 11, 21, 22, 23, 24, 25, 26, 27]
export const LOWER_TEETH: readonly number[] = [47, 46, 45, 44, 43, 42, 41, 31, 32, 33, 34, 35, 36, 37]
export const TEETH: readonly number[] = [...UPPER_TEETH, ...LOWER_TEETH]

export function archOf(fdi: number): Arch {
  return fdi < 30 ? 'upper' : 'lower'
}

export function kindOf(fdi: number): CrownKind {
  const position = fdi % 10
  if (position <= 2) return 'incisor'
  if (position === 3) return 'canine'
  return position <= 5 ? 'premolar' : 'molar'
}

export function crownSize(fdi: number): CrownSize {
  const found = (archOf(fdi) === 'upper' ? UPPER_CROWNS : LOWER_CROWNS)[(fdi % 10) - 1]
  if (found === undefined) throw new RangeError('A tooth of the 28 in FDI notation is needed')
  return found
}

/** -1 on the patient's right, +1 on the left. */
export function sideOf(fdi: number): -1 | 1 {
  const quadrant = Math.floor(fdi / 10)
  return quadrant === 1 || quadrant === 4 ? -1 : 1
}
