import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of this repository, run as a user runs it: its own process, spoken to by flags and signals only. */
export type Program = {
  readonly pid: number
  /** The first JSON line on stdout whose `event` is this. @throws when the program ends first, with the tail of its log */
  event<T extends Record<string, unknown>>(name: string): Promise<T>
  /** Everything on stderr so far. */
  log(): string
  /** Asks it to end, then waits. @returns the exit code */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>
  kill(): Promise<void>
  readonly exited: Promise<number | null>
}

export function runProgram(entry: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const check of waiting) check()
  }
  const log: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text))
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    wake()
  })
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  void exited.then(wake)

  return {
    pid: child.pid ?? 0,
    log: () => log.join(''),
    exited,
    event: (name) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = lines.map(parse).find((line) => line?.['event'] === name)
          if (found !== undefined) resolve(found as never)
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(
              new Error(
                `${entry} ended (${child.exitCode ?? child.signalCode}) before "${name}":\n${log.join('').slice(-3000)}`,
              ),
            )
          } else return
          waiting.delete(check)
        }
        waiting.add(check)
        check()
      }),
    stop: (signal = 'SIGTERM') => end(child, signal, exited),
    kill: async () => void (await end(child, 'SIGKILL', exited)),
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  return exited
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // a program may print other lines; only its events are read here
  }
}
