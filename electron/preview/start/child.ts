import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A server that still commits, or PostgreSQL at its last checkpoint, gets this long before it is ended by force. */
const STOP_MS = 15_000
const ORPHANS_STOP_MS = 5000
const POLL_MS = 50

export type ChildOptions = {
  /** For people: `server`, `workstation`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** What it writes to stderr goes here; null passes it through (progress for people). */
  readonly logFile: string | null
}

export type Message = { readonly event: string } & Readonly<Record<string, unknown>>
export type Child = {
  readonly name: string
  /** Resolves with the first message of that name on its stdout; rejects when it ends first. */
  message(event: string): Promise<Message>
  /** Resolves once, with a sentence about how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly sentence: string }>
  stop(): Promise<void>
  kill(): void
}

/**
 * A part of Loupe as a child process in a process group of its own: Ctrl-C in the terminal reaches us alone, we stop
 * the parts in order, and what a crashed part leaves behind (PostgreSQL) is found through its group.
 */
export function startChild(options: ChildOptions): Child {
  const child = spawnPart(options)
  const messages = collectMessages(child)
  const ended = watchEnd(child, options).finally(() => messages.end())
  return {
    name: options.name,
    message: async (event) => {
      const message = await messages.find(event)
      if (message !== undefined) return message
      throw new Error((await ended).sentence)
    },
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS)
      await ended
      clearTimeout(force)
      await endOrphans(child)
    },
    kill: () => signalGroup(child, 'SIGKILL'),
  }
}

function spawnPart({ command, args, env, logFile }: ChildOptions): ChildProcess {
  if (logFile !== null) mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o700 })
  const log = logFile === null ? undefined : openSync(logFile, 'w', 0o600)
  const child = spawn(command, [...args], {
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', log ?? 'inherit'],
  })
  if (log !== undefined) closeSync(log)
  return child
}

function watchEnd(child: ChildProcess, { name, logFile }: ChildOptions) {
  return new Promise<{ code: number | null; sentence: string }>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, sentence: `the ${name} did not start (${cause.message})` }))
    child.once('exit', (code, signal) => {
      const how = signal === null ? `with code ${code}` : `by ${signal}`
      resolve({ code, sentence: `the ${name} ended ${how}${lastLines(logFile)}` })
    })
  })
}

function lastLines(logFile: string | null): string {
  if (logFile === null) return ''
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12)
  return `; the end of ${logFile}:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

function collectMessages(child: ChildProcess) {
  const seen: Message[] = []
  const waiting = new Map<(message: Message | undefined) => void, string>()
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = parseMessage(line)
      if (message === undefined) return
      seen.push(message)
      for (const [resolve, event] of waiting) if (event === message.event) resolve(message)
    })
  }
  return {
    find: (event: string) =>
      new Promise<Message | undefined>((resolve) => {
        const already = seen.find((message) => message.event === event)
        if (already !== undefined) resolve(already)
        else waiting.set(resolve, event)
      }),
    end: () => {
      for (const resolve of waiting.keys()) resolve(undefined)
    },
  }
}

function parseMessage(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value = JSON.parse(line) as Message // a part of ours; only `event` is relied on
    return typeof value.event === 'string' ? value : undefined
  } catch {
    return undefined // a line for people that happens to start like JSON
  }
}

/** PostgreSQL outlives a crashed server: SIGINT is its fast, clean stop. */
async function endOrphans(child: ChildProcess): Promise<void> {
  if (!signalGroup(child, 'SIGINT')) return
  for (let waitedMs = 0; waitedMs < ORPHANS_STOP_MS; waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    if (!signalGroup(child, 0)) return
  }
  signalGroup(child, 'SIGKILL')
}

/** @returns whether anybody of the child's group is still there */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  if (process.platform === 'win32') return child.exitCode === null && child.kill(signal === 0 ? 'SIGTERM' : signal)
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false // ESRCH: all gone
  }
}
