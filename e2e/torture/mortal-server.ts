import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from '../support/practice.ts'
import { type Program, runProgram } from '../support/process.ts'

const START_WITHIN_MS = 300_000
const STOP_WITHIN_MS = 20_000
/** No scan comes back to be read blind, unless a test wants it. */
const NO_CHANCE = { LOUPE_DEMO_SECOND_READS: '0' }

/** The demonstration's server on one data folder and one port, through all its deaths. */
export type MortalServer = {
  readonly url: string
  readonly caFile: string
  readonly dataDir: string
  isUp(): boolean
  kill(): Promise<void>
  /** The database's first process, by SIGKILL. The server above it still runs, without a database. */
  killPostgres(): Promise<void>
  /** Asks it to end. @returns how it ended, in words for the story */
  end(): Promise<string>
  start(): Promise<void>
  /** Killed so long after its start: in the middle of recovery, migration or listening. */
  startAndDie(afterMs: number): Promise<void>
}

export async function startMortalServer(dataDir: string): Promise<MortalServer> {
  const run = (port: string) =>
    runProgram(path.join(ROOT, 'server/main.ts'), ['--data', dataDir, '--port', port], NO_CHANCE)
  const first = run('0')
  const state: { program: Program | undefined } = { program: first }
  const { url, ca } = await first.event<{ url: string; ca: string }>('listening')
  const current = (): Program => {
    if (state.program === undefined) throw new Error('the server is not running')
    return state.program
  }
  return {
    url,
    caFile: ca,
    dataDir,
    isUp: () => state.program !== undefined,
    kill: async () => {
      const program = current()
      state.program = undefined
      await program.kill()
    },
    killPostgres: async () => void process.kill(await postmasterOf(dataDir), 'SIGKILL'),
    end: async () => {
      const program = current()
      state.program = undefined
      const code = await Promise.race([program.stop(), after(STOP_WITHIN_MS)])
      if (code !== 'late') return code === 0 ? 'cleanly' : `with ${code ?? 'a signal'}`
      await program.kill()
      return `only by SIGKILL, ${STOP_WITHIN_MS / 1000} s after it was asked to`
    },
    startAndDie: async (afterMs) => {
      const program = run(new URL(url).port)
      await Promise.race([program.exited, after(afterMs)])
      await program.kill()
    },
    start: async () => {
      const program = run(new URL(url).port)
      state.program = program
      const started = await Promise.race([program.event('listening'), after(START_WITHIN_MS)])
      if (started === 'late') throw new Error(`the server did not start again:\n${program.log().slice(-3000)}`)
    },
  }
}

/** One that was killed before may be starting again. */
async function postmasterOf(dataDir: string): Promise<number> {
  const file = path.join(dataDir, 'server/postgres/postmaster.pid')
  for (const beganMs = performance.now(); performance.now() - beganMs < START_WITHIN_MS; ) {
    const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
    if (pid > 1 && isAlive(pid)) return pid
    await pause(100)
  }
  throw new Error('no process of PostgreSQL to kill')
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function after(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms))
}
