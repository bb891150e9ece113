import { type Answer, alignFeatures, type Pair } from '../../../renderer/align/align-features.ts'
import { inFractions } from '../../../renderer/align/align-pair.ts'
import type { PhotoFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'

/** `wall` on the clock, `cpu` of this thread alone: what it would be on a machine with nothing else to do. */
export type Took = { readonly wallMs: number; readonly cpuMs: number }
export type Tried = { readonly answer: Answer; readonly transform: Matrix3 | undefined; readonly took: Took }

export function timed<T>(work: () => T): { readonly value: T; readonly took: Took } {
  const began = performance.now()
  const cpu = process.threadCpuUsage()
  const value = work()
  const { user, system } = process.threadCpuUsage(cpu)
  return { value, took: { wallMs: performance.now() - began, cpuMs: (user + system) / 1000 } }
}

export function tryPair(cv: OpenCv, pair: Pair): Tried {
  const { current, prior } = pair
  const { value: answer, took } = timed(() => alignFeatures(cv, pair))
  const { homography } = answer
  return {
    answer,
    took,
    transform: homography === null ? undefined : asMatrix(inFractions(homography, current, prior)),
  }
}

export function asMatrix(values: readonly number[]): Matrix3 {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, i = 1] = values
  return [a, b, c, d, e, f, g, h, i]
}

/** The box around the teeth in fractions, shrunk to `share` of its width about its middle. */
export function toothBox({ teeth, widthPx, heightPx }: PhotoFeatures, share = 1) {
  const columns: number[] = []
  const rows: number[] = []
  for (let y = 0; y < heightPx; y += 4) {
    for (let x = 0; x < widthPx; x += 4) {
      if (teeth[y * widthPx + x] !== 255) continue
      columns.push(x)
      rows.push(y)
    }
  }
  const at = (values: number[], part: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? 0
  const [left, right] = [at(columns, 0.02) / widthPx, at(columns, 0.98) / widthPx]
  const middle = at(columns, 0.5) / widthPx
  return {
    left: middle + (left - middle) * share,
    right: middle + (right - middle) * share,
    top: at(rows, 0.02) / heightPx,
    bottom: at(rows, 0.98) / heightPx,
  }
}

/** Points of an even grid over the box that `isSeen` keeps. */
export function gridOver(
  box: ReturnType<typeof toothBox>,
  isSeen: (x: number, y: number) => boolean,
): readonly (readonly [number, number])[] {
  const steps = Array.from({ length: 9 }, (_, i) => i / 8)
  return steps
    .flatMap((u) =>
      steps.map((v) => [box.left + (box.right - box.left) * u, box.top + (box.bottom - box.top) * v] as const),
    )
    .filter(([x, y]) => isSeen(x, y))
}

export function isInside(matrix: Matrix3, x: number, y: number): boolean {
  const to = applyMatrix(matrix, { x, y })
  return to.x >= 0 && to.x <= 1 && to.y >= 0 && to.y <= 1
}

export function isTooth({ teeth, widthPx, heightPx }: PhotoFeatures, x: number, y: number): boolean {
  return (
    teeth[
      Math.min(heightPx - 1, Math.floor(y * heightPx)) * widthPx + Math.min(widthPx - 1, Math.floor(x * widthPx))
    ] === 255
  )
}
