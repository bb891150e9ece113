import { lightOf, SMALL, SMALL_COUNT, type SmallPhoto } from './planes.ts'
import { toothLikeness } from './tooth-likeness.ts'

/** Cells of the small photo, 6 x 6 pixels each. */
const COLUMNS = 16
const ROWS = 12
const CELL_PX = SMALL.widthPx / COLUMNS
const CELLS = COLUMNS * ROWS
/** Teeth, then edges in four directions. */
const CHANNELS = 5
const DIRECTIONS = 4
export const FEATURE_COUNT = CELLS * CHANNELS

/** Where teeth are and how edges run, in a coarse grid: enough to tell an arch from a row, and where it opens. */
export function viewFeatures(photo: SmallPhoto, teeth: Float32Array = toothLikeness(photo)): Float32Array {
  const out = new Float32Array(FEATURE_COUNT)
  const add = (channel: number, at: number, value: number) => {
    const cell = Math.floor(at / SMALL.widthPx / CELL_PX) * COLUMNS + Math.floor((at % SMALL.widthPx) / CELL_PX)
    const to = channel * CELLS + cell
    out[to] = (out[to] ?? 0) + value / CELL_PX ** 2
  }
  for (let at = 0; at < SMALL_COUNT; at += 1) add(0, at, 2 * ((teeth[at] ?? 0) - 0.35))
  addEdges(lightOf(photo), add)
  levelEdges(out)
  return out
}

/** Of the logarithm of light, so that a dark photo has the same edges. Each is shared between the two nearest directions. */
function addEdges(light: Float32Array, add: (channel: number, at: number, value: number) => void) {
  const { widthPx, heightPx } = SMALL
  const level = light.map((value) => Math.log(value + 10))
  const step = Math.PI / DIRECTIONS
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = y * widthPx + x
      const dx = x > 0 && x < widthPx - 1 ? (level[at + 1] ?? 0) - (level[at - 1] ?? 0) : 0
      const dy = y > 0 && y < heightPx - 1 ? (level[at + widthPx] ?? 0) - (level[at - widthPx] ?? 0) : 0
      const turn = ((Math.atan2(dy, dx) + 2 * Math.PI) % Math.PI) / step
      const first = Math.floor(turn) % DIRECTIONS
      const rest = turn - Math.floor(turn)
      const length = Math.hypot(dx, dy)
      add(1 + first, at, length * (1 - rest))
      add(1 + ((first + 1) % DIRECTIONS), at, length * rest)
    }
  }
}

/** By the photo's own mean: a soft photo and a crisp one look alike. */
function levelEdges(out: Float32Array) {
  const edges = out.subarray(CELLS)
  const mean = edges.reduce((sum, value) => sum + value, 0) / CELLS + 1e-6
  for (const [at, value] of edges.entries()) edges[at] = Math.sqrt(value / mean) - 0.5
}

/** As it is, turned by 180 degrees, mirrored left to right, both. */
export const POSES = ['upright', 'turned', 'mirrored', 'turned_mirrored'] as const
export type Pose = (typeof POSES)[number]

/** What the features of the same photo in another pose are, without looking at pixels again. */
export function poseFeatures(features: Float32Array, pose: Pose): Float32Array {
  if (pose === 'upright') return features
  const isMirrored = pose !== 'turned'
  const flipsX = pose === 'turned' || pose === 'mirrored'
  const flipsY = pose !== 'mirrored'
  const out = new Float32Array(FEATURE_COUNT)
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    const from = channel > 0 && isMirrored ? 1 + ((DIRECTIONS - (channel - 1)) % DIRECTIONS) : channel
    for (let row = 0; row < ROWS; row += 1) {
      const fromRow = flipsY ? ROWS - 1 - row : row
      for (let column = 0; column < COLUMNS; column += 1) {
        const fromColumn = flipsX ? COLUMNS - 1 - column : column
        out[channel * CELLS + row * COLUMNS + column] = features[from * CELLS + fromRow * COLUMNS + fromColumn] ?? 0
      }
    }
  }
  return out
}
