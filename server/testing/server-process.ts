import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const Listening = z.strictObject({ event: z.literal('listening'), url: z.url(), ca: z.string() })

export type Answer = { readonly status: number; readonly json: unknown; readonly text: string }
export type ServerProcess = {
  readonly url: string
  readonly ca: string
  readonly dataDir: string
  readonly pid: number
  /** Everything it wrote to standard output after its one line. */
  readonly furtherLines: readonly string[]
  call(method: string, path: string, authorization?: string, body?: unknown): Promise<Answer>
  /** @returns its exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** `node server/main.ts` as an operator starts it, on free ports. */
export async function startServerProcess(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LOUPE_')))
  const child = spawn(process.execPath, [MAIN, '--data', dataDir, '--port', '0'], {
    env: { ...own, LOUPE_LOG: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const { url, ca: caPath } = Listening.parse(JSON.parse(await firstLine(child, lines)))
  const ca = await readFile(caPath, 'utf8')
  return {
    url,
    ca,
    dataDir,
    pid: child.pid ?? 0,
    furtherLines: lines,
    call: (method, path, authorization, body) => call(new URL(path, url), ca, method, authorization, body),
    stop: async (signal = 'SIGTERM') => {
      const exited = once(child, 'exit')
      if (child.exitCode !== null) return child.exitCode
      child.kill(signal)
      const [code] = await exited
      return typeof code === 'number' ? code : null
    },
  }
}

export async function readIntakeKey(dataDir: string, practice: string): Promise<string> {
  const file = await readFile(join(dataDir, 'server', 'demo', 'intake-keys.json'), 'utf8')
  const secret = z.record(z.string(), z.string()).parse(JSON.parse(file))[practice]
  if (secret === undefined) throw new Error(`No intake key for ${practice}`)
  return secret
}

function firstLine(child: ChildProcess, later: string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = (errors + String(chunk)).slice(-4000)
  })
  child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened: ${errors}`)))
  let isFirst = true
  if (child.stdout === null) throw new Error('The server was started without a standard output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (isFirst) resolve(line)
    else later.push(line)
    isFirst = false
  })
  return promise
}

async function call(
  url: URL,
  ca: string,
  method: string,
  authorization: string | undefined,
  body: unknown,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const headers = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const sent = request(url, { method, ca, headers }, (answer) => {
    text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, json: parse(read), text: read }), reject)
  })
  sent.on('error', reject)
  sent.end(body === undefined ? undefined : JSON.stringify(body))
  return promise
}

function parse(read: string): unknown {
  try {
    return JSON.parse(read)
  } catch {
    return undefined // not JSON; `text` has it
  }
}
