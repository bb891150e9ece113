import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { RUN_MARK } from './run-mark.ts'

/**
 * `node end-leftovers.ts MARK`, started by watch-run.ts: once its standard input ends, ends every process whose
 * environment has the mark. Linux only; elsewhere nothing tells one process's environment to another.
 */
const LET_THEM_END_MS = 3000
const LOOK_EVERY_MS = 100

const mark = process.argv[2] ?? ''
process.stdin.resume()
await once(process.stdin, 'end')
if (mark !== '') await endAll()

async function endAll(): Promise<void> {
  const untilMs = performance.now() + LET_THEM_END_MS
  for (let signal: NodeJS.Signals = 'SIGTERM'; ; signal = performance.now() < untilMs ? 'SIGTERM' : 'SIGKILL') {
    const left = await listMarked()
    if (left.length === 0) return
    for (const pid of left) tell(pid, signal)
    await sleep(LOOK_EVERY_MS)
  }
}

async function listMarked(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.map(Number).filter((pid) => pid > 1 && pid !== process.pid)
  const found = await Promise.all(pids.map(async (pid) => ((await isMarked(pid)) ? [pid] : [])))
  return found.flat()
}

async function isMarked(pid: number): Promise<boolean> {
  // Empty for one that has ended, unreadable for somebody else's.
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(`${RUN_MARK}=${mark}`)
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it has ended meanwhile
  }
}
