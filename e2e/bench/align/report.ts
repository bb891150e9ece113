import { type Figure, figureOf } from '../figure.ts'
import type { Took } from './measure.ts'

export type Emit = (figure: Figure) => void
type Named = { readonly case: string; readonly metric: string; readonly unit: string; readonly peer?: string }

export function emitSamples(emit: Emit, name: Named, samples: readonly number[]): void {
  if (samples.length > 0) emit(figureOf({ bench: 'align', ...name }, samples))
}

/** A share (0-1) in all three columns; `n` tells of how many. */
export function emitShare(
  emit: Emit,
  name: { readonly case: string; readonly metric: string },
  hits: readonly boolean[],
): void {
  if (hits.length === 0) return
  const share = Math.round((hits.filter(Boolean).length / hits.length) * 10_000) / 10_000
  emit({ bench: 'align', ...name, unit: 'share', p50: share, p95: share, p99: share, n: hits.length })
}

/** Time on the clock, and of this thread alone: another program on the machine lengthens the first only. */
export function emitTook(
  emit: Emit,
  name: { readonly case: string; readonly metric: string },
  took: readonly Took[],
): void {
  emitSamples(
    emit,
    { ...name, unit: 'ms' },
    took.map(({ wallMs }) => wallMs),
  )
  emitSamples(
    emit,
    { ...name, metric: `${name.metric}, processor time`, unit: 'ms' },
    took.map(({ cpuMs }) => cpuMs),
  )
}

/** With the time, since nobody knows beforehand how busy the machine is. */
export const say = (line: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${line}\n`)

/** Tells how far a part has come, about ten times. @returns to be called after each piece */
export function countOff(name: string, all: number): () => void {
  const every = Math.max(1, Math.ceil(all / 10))
  let done = 0
  return () => {
    done += 1
    if (done % every === 0 || done === all) say(`${name}: ${done} of ${all}`)
  }
}
