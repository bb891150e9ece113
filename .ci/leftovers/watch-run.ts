import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { RUN_MARK } from './run-mark.ts'

/**
 * Vitest's global set-up, of every project: however the run ends, by SIGKILL too, what it has started ends after it.
 * Its databases and servers have sessions of their own and would live on. A process of its own waits for the end of a
 * pipe that only the run holds.
 */
export default function setup(): void {
  const own = `${process.pid}-`
  if (process.env[RUN_MARK]?.startsWith(own) === true) return // another project of this run
  const mark = own + randomUUID()
  const { [RUN_MARK]: _, ...env } = process.env
  const watcher = spawn(process.execPath, [path.join(import.meta.dirname, 'end-leftovers.ts'), mark], {
    detached: true, // a Ctrl-C in the terminal is not meant for it
    stdio: ['pipe', 'ignore', 'ignore'],
    env, // without any mark: it must outlive every run around it
  })
  watcher.unref()
  process.env[RUN_MARK] = mark
}
