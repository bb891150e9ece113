import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { Options } from './options.ts'
import type { Counts } from './run-plan.ts'

/** What a worker says of each seed. */
export type FromWorker = {
  readonly seed: number
  readonly hash: string
  readonly failure: string | null
  readonly counts: Counts
  readonly lines: readonly string[]
  /** Of a failing seed, as short as it gets. */
  readonly story: readonly string[]
}

/** Runs the seeds in as many processes as asked for. @throws when one ends before its seeds are done, unasked */
export async function runWorkers(
  options: Options,
  args: readonly string[],
  stopping: AbortSignal,
  onSeed: (of: FromWorker) => void,
): Promise<void> {
  const ends = Array.from({ length: options.workers }, (_, offset) => runOne(offset, options, args, stopping, onSeed))
  await Promise.all(ends)
}

function runOne(
  offset: number,
  { workers }: Options,
  args: readonly string[],
  stopping: AbortSignal,
  onSeed: (of: FromWorker) => void,
): Promise<void> {
  const child: ChildProcess = fork(
    path.join(import.meta.dirname, 'worker.ts'),
    [String(offset), ...args, '--workers', String(workers)],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const stop = () => void (child.connected && child.send('stop'))
  stopping.addEventListener('abort', stop)
  child.on('message', (message) => onSeed(message as FromWorker)) // of our own worker
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      stopping.removeEventListener('abort', stop)
      if (code === 0) resolve()
      else reject(new Error(`a process of the simulator ended: ${code ?? signal}`))
    })
  })
}
