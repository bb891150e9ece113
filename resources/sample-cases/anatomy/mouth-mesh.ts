import { type Matrix4, transformPoint } from './matrix.ts'
import { gridMesh, MATERIAL, type Mesh } from './mesh.ts'

/** The tongue at rest behind the lower teeth. Traits: share to the edge, mm to the back. */
export function tongueMesh(seedPhase: number): Mesh {
  const rows = 60
  const columns = 64
  return gridMesh(MATERIAL.tongue, 0, rows, columns, true, (row, column) => {
    const r = row / (rows - 1)
    const angle = (column / columns) * 2 * Math.PI
    const x = 16.5 * r * Math.cos(angle)
    const y = 44 + 27 * r * Math.sin(angle)
    const dome = Math.sqrt(Math.max(0, 1 - r ** 3))
    const groove = 1.3 * Math.exp(-((x / 1.6) ** 2)) * dome
    const lumps = 0.35 * Math.sin(x * 0.9 + seedPhase) * Math.cos(y * 0.7 + seedPhase)
    return [x, y, -13 + 10.5 * dome - groove + lumps - Math.max(0, 24 - y) * 0.25, r, y]
  })
}

/**
 * Lips and cheeks held open around the picture, made in the camera's own frame so that every view has them at its border.
 * Traits: share from the skin (0) to the throat (1), and the angle around the opening.
 */
export type Opening = {
  readonly halfWidthMm: number
  readonly halfHeightMm: number
  /** Of the opening's middle from the picture's middle: right and down. */
  readonly rightMm: number
  readonly downMm: number
  /** From the camera to the lips. */
  readonly lipDepthMm: number
  /** From the lips to the back of the mouth. */
  readonly depthMm: number
}

/** Rings of the surround: [size against the opening, share of the depth, trait]. Negative depth is nearer to the camera. */
const RINGS: readonly (readonly [number, number, number])[] = [
  [2.1, -0.02, 0],
  [1.55, -0.12, 0.08],
  [1.34, -0.2, 0.14],
  [1.18, -0.22, 0.2],
  [1.07, -0.17, 0.26],
  [1.0, -0.05, 0.33],
  [0.98, 0.12, 0.4],
  [1.0, 0.3, 0.5],
  [1.02, 0.5, 0.62],
  [0.98, 0.7, 0.74],
  [0.85, 0.86, 0.86],
  [0.55, 0.97, 0.95],
  [0.02, 1, 1],
]

export function openingMesh(opening: Opening, cameraToWorld: Matrix4, wobble: number): Mesh {
  const columns = 96
  return gridMesh(MATERIAL.cheek, 0, RINGS.length, columns, true, (row, column) => {
    const [scale, depth, trait] = RINGS[row] ?? [1, 1, 1]
    const angle = (column / columns) * 2 * Math.PI
    const bend = (value: number) => Math.sign(value) * Math.abs(value) ** 0.78
    const uneven = 1 + 0.016 * Math.sin(angle * 3 + wobble) + 0.007 * Math.sin(angle * 7 + wobble * 2.3)
    const fold = row > 5 && row < 11 ? 1 + 0.008 * Math.sin(angle * 13 + row + wobble) : 1
    const x = opening.rightMm + opening.halfWidthMm * scale * uneven * fold * bend(Math.cos(angle))
    const y = opening.downMm + opening.halfHeightMm * scale * uneven * fold * bend(Math.sin(angle))
    const point = transformPoint(cameraToWorld, [x, y, opening.lipDepthMm + depth * opening.depthMm])
    return [point[0], point[1], point[2], trait, angle]
  })
}

/** One side of a cheek retractor: a flattened tube along the opening's edge. `side` is -1 left, +1 right in the picture. */
export function retractorMesh(opening: Opening, cameraToWorld: Matrix4, side: -1 | 1): Mesh {
  return gridMesh(MATERIAL.retractor, 0, 40, 18, true, (row, column) => {
    const along = ((row / 39) * 2 - 1) * 0.98
    const angle = along + (side < 0 ? Math.PI : 0)
    const round = (column / 18) * 2 * Math.PI
    const bend = (value: number) => Math.sign(value) * Math.abs(value) ** 0.78
    const end = Math.sqrt(1 - along * along * 0.98)
    const scale = 1.05 + 0.12 * end * Math.cos(round)
    const x = opening.rightMm + opening.halfWidthMm * scale * bend(Math.cos(angle))
    const y = opening.downMm + opening.halfHeightMm * scale * bend(Math.sin(angle)) * 0.96
    const depth = opening.lipDepthMm - 9 + 3.2 * end * Math.sin(round) + 7 * Math.cos(round) * end
    const point = transformPoint(cameraToWorld, [x, y, depth])
    return [point[0], point[1], point[2], (Math.cos(round) + 1) / 2, angle]
  })
}

/** A bump of composite glued to a crown's facial side, half way up. Same frame as the crown. */
export function attachmentMesh(fdi: number, facialMm: number, heightMm: number): Mesh {
  return gridMesh(MATERIAL.attachment, fdi, 8, 20, true, (row, column) => {
    const r = row / 7
    const angle = (column / 20) * 2 * Math.PI
    const bend = (value: number) => Math.sign(value) * Math.abs(value) ** 0.5
    const x = 0.85 * r * bend(Math.cos(angle))
    const z = heightMm + 1.5 * r * bend(Math.sin(angle))
    return [x, facialMm - 0.5 + 1.25 * Math.sqrt(Math.max(0, 1 - r ** 4)) - 0.06 * x * x, z, r, 0]
  })
}
