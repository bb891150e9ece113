import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** One process of a peer or of Loupe, asked over IPC (`peers/ask.mjs` has the questions). */
export type PeerProcess = {
  ask(question: { readonly do: string } & Readonly<Record<string, unknown>>, withinMs?: number): Promise<unknown>
  stop(): Promise<void>
}

const WITHIN_MS = 300_000

export async function startPeerProcess(file: string): Promise<PeerProcess> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--max-old-space-size=8192'] })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>()
  const words: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void words.push(text))
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: { ready?: true; id?: number; value?: unknown; error?: string }) => {
      if (message.ready === true) return resolve()
      const waiter = waiting.get(message.id ?? -1)
      waiting.delete(message.id ?? -1)
      if (message.error === undefined) waiter?.resolve(message.value)
      else waiter?.reject(new Error(message.error))
    })
    child.on('exit', (code) => {
      const cause = new Error(`${file} ended with ${code}: ${words.join('').slice(-2000)}`)
      reject(cause)
      for (const waiter of waiting.values()) waiter.reject(cause)
    })
  })
  await ready
  const next = { id: 0 }
  return {
    ask: (question, withinMs = WITHIN_MS) => {
      const id = (next.id += 1)
      const answered = new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${file} did not answer ${question.do}`)), withinMs)
        const settle = <T>(how: (value: T) => void) => {
          return (value: T) => {
            clearTimeout(timer)
            how(value)
          }
        }
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      })
      child.send({ ...question, id })
      return answered
    },
    stop: () => stopChild(child),
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(impatient)
}
