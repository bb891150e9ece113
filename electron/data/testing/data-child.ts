import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { type CallInput, type CallName, type CallOutput, IPC_CALLS, type Reply } from '../../../preload/contract/ipc.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { FromData, ToData } from '../protocol.ts'

export type DataChild = ReturnType<typeof spawnDataChild>
type Start = {
  readonly dataDir: string
  readonly serverUrl: string
  readonly caFile: string
  /** What is started; the sources when it is left out. */
  readonly entry?: string
  /** Of the session bus and the home; without them there is no keychain, and a passphrase guards the key. */
  readonly env?: NodeJS.ProcessEnv
  /** A module that is loaded before the process's own. */
  readonly before?: string
  /** How long decisions can be taken back; null for what the practice's rules say. A moment when it is left out. */
  readonly graceMs?: number | null
  /** See DataOptions. */
  readonly leaveMs?: number
}
/** What a read that reaches no patient waits too. */
const MOMENT_MS = 800
const SOURCES = path.join(import.meta.dirname, '../main.ts')
const QUICK_KEYS = path.join(import.meta.dirname, 'quick-keys.ts')

/** The data process as the hosts start it: the same entry, arguments and messages. */
export function spawnDataChild(start: Start) {
  const { dataDir, serverUrl, caFile, entry = SOURCES, env = {}, before, graceMs = MOMENT_MS, leaveMs } = start
  const given = {
    ...(graceMs === null ? {} : { graceMs: String(graceMs) }),
    ...(leaveMs === undefined ? {} : { leaveMs: String(leaveMs) }),
  }
  const options = Object.entries({ dataDir, serverUrl, caFile, version: '0.0.0-test', ...given })
  const args = options.flatMap(([name, value]) => [`--${name}`, value])
  const child = fork(entry, args, {
    serialization: 'advanced',
    execArgv: [QUICK_KEYS, ...(before === undefined ? [] : [before])].flatMap((module) => ['--import', module]),
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], // what has been compiled already
      HOME: dataDir,
      LOUPE_LOG: process.env['LOUPE_LOG'] ?? 'fatal',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, (reply: Reply) => void>()
  const watchers = new Set<() => void>()
  const ids = { last: 0 }
  const send = (message: ToData) => void child.send(message, () => {}) // one that has ended answers nothing
  const ready = Promise.withResolvers<void>()
  child.on('message', (message: FromData) => {
    if (message.kind === 'ready') ready.resolve()
    if (message.kind === 'reply') waiting.get(message.id)?.(message.reply)
    if (message.kind === 'event') for (const look of watchers) look()
  })
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const id = ++ids.last
    const answer = Promise.withResolvers<Reply>()
    waiting.set(id, answer.resolve)
    send({ kind: 'call', id, name, input })
    const gone = exited.then(() => {
      throw new Error('the data process ended')
    })
    const reply = await Promise.race([answer.promise, gone])
    if (!reply.ok) throw new AppError(reply.code, reply.detail)
    return IPC_CALLS[name].output.parse(reply.value) as CallOutput<N> // the schema of `name` has just made it
  }
  return {
    pid: child.pid ?? 0,
    exited,
    ready: () =>
      Promise.race([
        ready.promise,
        exited.then(() => {
          throw new Error('the data process did not start')
        }),
      ]),
    call,
    send,
    /** Resolves once `isSo` holds, asked again at everything that the process announces. */
    until: async (isSo: () => Promise<boolean>) => {
      while (true) {
        const next = Promise.withResolvers<void>()
        watchers.add(next.resolve)
        if (await isSo()) return void watchers.delete(next.resolve)
        await Promise.race([next.promise, exited])
        watchers.delete(next.resolve)
      }
    },
    disconnect: () => child.disconnect(),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    stop: async () => {
      send({ kind: 'power', what: 'shutdown' })
      await exited
    },
  }
}
