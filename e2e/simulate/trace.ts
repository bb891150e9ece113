import { createHash } from 'node:crypto'

export type Trace = {
  note(line: string): void
  /** Of everything noted: two runs of one seed have the same. */
  hash(): string
  /** Kept only when asked for: a run has thousands. */
  readonly lines: readonly string[]
}

export function beginTrace(keep: boolean): Trace {
  const lines: string[] = []
  const sum = createHash('sha256')
  return {
    lines,
    note: (line) => {
      sum.update(`${line}\n`)
      if (keep) lines.push(line)
    },
    hash: () => sum.copy().digest('hex'),
  }
}
