import { z } from 'zod'

/** The five intraoral views of one scan session: the American Board of Orthodontics' intraoral series. */
export const View = z.enum(['occlusal_upper', 'buccal_right', 'frontal', 'buccal_left', 'occlusal_lower'])
export type View = z.infer<typeof View>

/** Reading order of the montage, top to bottom and left to right on screen. */
export const VIEWS: readonly View[] = View.options

export const Mirrored = z.enum(['none', 'uncorrected', 'corrected'])
export type Mirrored = z.infer<typeof Mirrored>

/** Whether trays were in the mouth. Fit can be judged only with aligners in. */
export const Aligners = z.enum(['in', 'out', 'unknown'])
export type Aligners = z.infer<typeof Aligners>

/**
 * DENT-OIP keyword and SNOMED CT view code of each view, with the Patient Orientation (row\column)
 * of a photo that is displayed right. Written from the parity rule, not copied from the published table,
 * which breaks the rule in row IV24.
 */
export const VIEW_CODES = {
  frontal: { direct: 'IV07', mirror: null, snomed: '399033003', orientation: 'L\\F', viewedFrom: 'P' },
  buccal_right: { direct: 'IV01', mirror: 'IV02', snomed: '399198007', orientation: 'A\\F', viewedFrom: 'L' },
  buccal_left: { direct: 'IV18', mirror: 'IV19', snomed: '399173006', orientation: 'P\\F', viewedFrom: 'R' },
  occlusal_upper: { direct: 'IV25', mirror: 'IV24', snomed: '260499007', orientation: 'L\\P', viewedFrom: 'H' },
  occlusal_lower: { direct: 'IV27', mirror: 'IV26', snomed: '260499007', orientation: 'L\\A', viewedFrom: 'F' },
} as const satisfies Record<View, ViewCode>

type ViewCode = {
  readonly direct: string
  readonly mirror: string | null
  readonly snomed: string
  /** DICOM Patient Orientation, row\column, of the photo as displayed. */
  readonly orientation: string
  /** The direction that row x column must give for a direct or corrected photo. */
  readonly viewedFrom: Direction
}

type Direction = 'L' | 'R' | 'A' | 'P' | 'H' | 'F'

const AXES: Record<Direction, readonly [number, number, number]> = {
  L: [1, 0, 0],
  R: [-1, 0, 0],
  P: [0, 1, 0],
  A: [0, -1, 0],
  H: [0, 0, 1],
  F: [0, 0, -1],
}

/**
 * The viewing direction of a Patient Orientation such as `L\F`: the cross product of its row and column in
 * DICOM's LPS axes. Undefined when either half is not one of the six directions or both lie on one axis.
 */
export function viewingDirection(orientation: string): Direction | undefined {
  const [row, column] = orientation.split('\\').map((letter) => AXES[letter as Direction])
  if (row === undefined || column === undefined) return undefined
  const cross = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ]
  const found = Object.entries(AXES).find(([, axis]) => axis.every((part, i) => part === cross[i]))
  return found?.[0] as Direction | undefined
}
