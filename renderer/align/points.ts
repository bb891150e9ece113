/** Of a 64-byte row: AKAZE gives 61. */
export const WORDS = 16

/** Points in pixels of the working image, the strongest first; all arrays have one entry per point (`words`: 16). */
export type Points = {
  readonly count: number
  readonly x: Float32Array
  readonly y: Float32Array
  readonly sizePx: Float32Array
  readonly angleDeg: Float32Array
  readonly words: Uint32Array
}
