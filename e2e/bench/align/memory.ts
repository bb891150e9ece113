import { prepareFeatures, WORK_WIDTH } from '../../../renderer/align/features.ts'
import { type Counted, heapBytes } from './counted.ts'
import { tryPair } from './measure.ts'
import { fileOf, readPixels } from './photos.ts'
import type { Prepared } from './prepared.ts'
import { countOff, type Emit } from './report.ts'

const PAIRS = 1000
/** OpenCV's memory has its working size by then. */
const WARM_UP = 20
/** A quarter of the pixels takes a quarter of the time and makes the same objects. */
const WIDTH_PX = WORK_WIDTH / 2

type Pair = readonly [Prepared, Prepared]

/** A thousand pairs that are lined up to the end, photos prepared anew: what is left in OpenCV's memory afterwards. */
export async function benchMemory({ cv, made, alive }: Counted, pairs: readonly Pair[], emit: Emit): Promise<void> {
  const pixels = await Promise.all(
    pairs.map(
      async ([a, b]) => [await readPixels(fileOf(a), WIDTH_PX), await readPixels(fileOf(b), WIDTH_PX)] as const,
    ),
  )
  const small = pixels.map(([a, b], i) => ({
    current: prepareFeatures(cv, a),
    prior: prepareFeatures(cv, b),
    view: viewOf(pairs[i]),
  }))
  const lined = small.filter((pair) => tryPair(cv, pair).transform !== undefined)
  const [before, madeBefore] = [alive(), made()]
  const count = countOff('memory, pairs', WARM_UP + PAIRS)
  let heap = 0
  for (let turn = 0; turn < WARM_UP + PAIRS; turn += 1) {
    const pair = lined[turn % lined.length]
    const photo = pixels[turn % pixels.length]
    if (pair === undefined || photo === undefined) return
    if (turn === WARM_UP) heap = heapBytes(cv)
    if (turn % 10 === 0) prepareFeatures(cv, photo[0])
    tryPair(cv, pair)
    count()
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

const viewOf = (pair: Pair | undefined) => pair?.[0].view ?? 'frontal'
