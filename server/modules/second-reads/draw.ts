import { randomInt } from 'node:crypto'

const ALL = 1_000_000

/** Whether one case is among a share of all cases. Tests alone give another than `drawAtRandom`. */
export type Draw = (percent: number) => boolean

/** The operating system's randomness: whoever knows earlier draws cannot tell the next one. */
export const drawAtRandom: Draw = (percent) => randomInt(ALL) < (percent / 100) * ALL
