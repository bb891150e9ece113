export type Story = {
  /** One line of what happened; never a patient's data. */
  readonly tell: (line: string) => void
  readonly all: () => string
}

/** Everything that happened, in order and with its time: printed whole when something was lost. */
export function beginStory(print: (line: string) => void): Story {
  const startedMs = performance.now()
  const lines: string[] = []
  return {
    tell: (line) => {
      const timed = `${((performance.now() - startedMs) / 1000).toFixed(2).padStart(8)} s  ${line}`
      lines.push(timed)
      print(timed)
    },
    all: () => lines.join('\n'),
  }
}
