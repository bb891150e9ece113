import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { RUN_MARK } from './run-mark.ts'

const SETUP = path.join(import.meta.dirname, 'watch-run.ts')
/** Starts a process with a session of its own that would live on, and says its number. */
const RUN = `
  const { default: setup } = await import(${JSON.stringify(SETUP)})
  setup()
  setup() // as the next project of the same run
  const { spawn } = await import('node:child_process')
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
  console.log(left.pid)
  setInterval(() => {}, 1000)`

const runs: ChildProcess[] = []
afterEach(() => {
  for (const run of runs.splice(0)) run.kill('SIGKILL')
})

async function startRun(): Promise<{ run: ChildProcess; left: number }> {
  const run = spawn(process.execPath, ['--input-type=module', '-e', RUN], {
    env: { ...process.env, [RUN_MARK]: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  runs.push(run)
  const [line] = (await once(run.stdout, 'data')) as [Buffer] // no encoding is set
  return { run, left: Number(line.toString()) }
}
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.skipIf(!existsSync('/proc/self/environ'))(
  'what a run has started ends after it, though the run was killed; what another run has started lives on',
  async () => {
    const [killed, other] = [await startRun(), await startRun()]
    expect(lives(killed.left)).toBe(true)
    killed.run.kill('SIGKILL')
    await vi.waitUntil(() => !lives(killed.left))
    expect(lives(other.left)).toBe(true)
    other.run.kill('SIGTERM')
    await vi.waitUntil(() => !lives(other.left))
  },
)
