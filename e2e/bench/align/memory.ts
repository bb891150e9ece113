import type { Counted } from './counted.ts'
import { heapBytes } from './counted.ts'
import { tryPair } from './measure.ts'
import type { Prepared } from './prepared.ts'
import type { Emit } from './report.ts'

const PAIRS = 1000
/** OpenCV's memory has its working size by then. */
const WARM_UP = 20

/** A thousand pairs that are lined up to the end: what is left in OpenCV's memory afterwards. */
export function benchMemory(
  { cv, made, alive }: Counted,
  pairs: readonly (readonly [Prepared, Prepared])[],
  emit: Emit,
) {
  const [before, madeBefore] = [alive(), made()]
  let heap = 0
  for (let turn = 0; turn < WARM_UP + PAIRS; turn += 1) {
    const pair = pairs[turn % pairs.length]
    if (pair === undefined) return
    if (turn === WARM_UP) heap = heapBytes(cv)
    tryPair(cv, pair[0].features, pair[1].features, pair[0].view)
  }
  const one = (metric: string, unit: string, value: number) =>
    emit({
      bench: 'align',
      case: `${PAIRS} pairs lined up`,
      metric,
      unit,
      p50: value,
      p95: value,
      p99: value,
      n: PAIRS,
    })
  one('objects of OpenCV made', 'objects', made() - madeBefore)
  one('objects of OpenCV left', 'objects', alive() - before)
  one('memory of OpenCV grown by', 'bytes', heapBytes(cv) - heap)
  one('memory of OpenCV', 'MiB', Math.round(heapBytes(cv) / 2 ** 20))
}
