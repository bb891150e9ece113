import { createHash } from 'node:crypto'
import type { HttpAnswer, HttpHead, HttpRequest } from '../../electron/platform/https-client.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Fate } from './plan/fates.ts'
import type { Answer, Request, SimServer, Stops } from './server/sim-server.ts'
import type { Visit } from './server/statement-gate.ts'
import type { Trace } from './trace.ts'

/** The workstation's end of the line, as the network sees it. */
export type Line = {
  readonly name: string
  readonly practiceId: string
  /** A request of a process that has ended meanwhile is answered by nobody. */
  isAlive(): boolean
  isCut(): boolean
  takeFate(of: 'push' | 'pull' | 'photos'): Fate
  /** What an older version of the workstation would say, in place of the present protocol. */
  readonly protocol: () => number | undefined
}
export type Sent = { readonly name: string; readonly practiceId: string; readonly request: Request }
/** The checks look at every answer as it leaves the server, whether it arrives or not. */
export type OnAnswer = (sent: Sent, answer: Answer, arrives: boolean) => void

type Letter = { readonly name: string; open(): void }

export type Network = ReturnType<typeof createNetwork>

/** Between the workstations and the server. Whatever goes wrong here is a step or a fate of the run. */
export function createNetwork(ports: {
  readonly server: SimServer
  readonly trace: Trace
  readonly onAnswer: OnAnswer
  /** Rows of a page, so that small practices have several. */
  readonly pageRows: number
}) {
  const { server, trace } = ports
  const state = { count: 0, slow: [] as Letter[], stale: [] as Sent[] }

  const receive = async (sent: Sent, stops: Stops, arrives: boolean): Promise<Answer | undefined> => {
    const answer = await server.receive(sent.name, sent.request, stops)
    trace.note(`${sent.name} ${answer === undefined ? 'server ended' : `${answer.status} ${digestOf(answer.text)}`}`)
    if (answer !== undefined) ports.onAnswer(sent, answer, arrives)
    return answer
  }

  const answerOf = async (sent: Sent, fate: Fate): Promise<Answer> => {
    switch (fate.kind) {
      case 'ok':
      case 'truncated':
      case 'garbled':
        return reached(await receive(sent, {}, true))
      case 'refused':
        throw new AppError('server.unreachable', { sent: false })
      case 'lost':
        throw silence()
      case 'answer-lost':
        await receive(sent, {}, false)
        throw silence()
      case 'late':
        state.stale.push(sent)
        throw silence()
      case 'twice':
        state.stale.push(sent)
        return reached(await receive(sent, {}, true))
      case 'slow': {
        if (fate.half === 'request') await wait(sent.name)
        const answer = await receive(sent, {}, true)
        if (fate.half === 'answer') await wait(sent.name)
        return reached(answer)
      }
      case 'hold':
        return reached(await receive(sent, { holdAt: fate.at }, true))
      case 'die':
        return reached(await receive(sent, { dieAt: fate.at }, true))
      case 'die-after':
        return reached(await receive(sent, { dieAfterCommit: fate.commit }, true))
      case 'expired': {
        if (sent.request.authorization !== undefined) server.tokens.delete(sent.request.authorization)
        return reached(await receive(sent, {}, true))
      }
      case 'proxy':
        return { status: 200, text: '<html>Sign in to the network</html>' }
      case 'busy':
        return { status: 503, text: JSON.stringify({ code: 'server.busy', detail: {} }) }
    }
  }

  const wait = (name: string) => new Promise<void>((open) => void state.slow.push({ name, open }))

  /** Bytes of a photo, in two pieces as a line brings them. */
  const download = (what: HttpRequest, fate: Fate): { head: HttpHead; parts: Uint8Array[]; breaksOff: boolean } => {
    if (fate.kind === 'refused') throw new AppError('server.unreachable', { sent: false })
    if (fate.kind === 'lost' || fate.kind === 'late') throw silence()
    const whole = server.objects.find(what.url)
    if (whole === undefined) return { head: headOf(404, {}), parts: [], breaksOff: false }
    const from = Number(/^bytes=(\d+)-$/.exec(what.headers?.['range'] ?? '')?.[1] ?? 0)
    const sent = fate.kind === 'garbled' ? whole.map((byte) => byte ^ 1) : whole
    const rest = fate.kind === 'truncated' ? sent.slice(from, -3) : sent.slice(from)
    const range = { 'content-range': `bytes ${from}-${whole.byteLength - 1}/${whole.byteLength}` }
    const middle = Math.floor(rest.byteLength / 2)
    const breaksOff = fate.kind === 'answer-lost'
    const parts = breaksOff ? [rest.slice(0, middle)] : [rest.slice(0, middle), rest.slice(middle)]
    return { head: from === 0 ? headOf(200, {}) : headOf(206, range), parts, breaksOff }
  }

  return {
    /** What a workstation sends through: its `HttpsClient`. */
    send: async (line: Line, what: HttpRequest): Promise<HttpAnswer> => {
      state.count += 1
      const url = new URL(what.url)
      const request: Request = {
        method: what.method,
        path: asOlderVersion(smallPages(url.pathname + url.search, ports.pageRows), line.protocol()),
        authorization: what.headers?.['authorization'],
        body: what.body === undefined ? undefined : asOlderVersion(String(what.body), line.protocol()),
      }
      const name = `${line.name}/${state.count}`
      const fate: Fate = line.isCut() ? { kind: 'refused' } : line.takeFate(kindOf(url))
      trace.note(`${name} ${request.method} ${request.path} ${digestOf(request.body ?? '')} ${JSON.stringify(fate)}`)
      try {
        const { status, text } = await answerOf({ name, practiceId: line.practiceId, request }, fate)
        if (line.isCut() && line.isAlive()) throw silence()
        const headers = { 'content-type': text.startsWith('<') ? 'text/html' : 'application/json; charset=utf-8' }
        return { status, headers, body: Buffer.from(text) }
      } finally {
        if (!line.isAlive()) await new Promise(() => {}) // nobody is there any more
      }
    },
    /** The bytes of a photo: its `HttpsClient` again. */
    receive: async <T>(
      line: Line,
      what: HttpRequest,
      take: (answer: HttpHead, body: AsyncIterable<Uint8Array>) => Promise<T>,
    ): Promise<T> => {
      state.count += 1
      const fate: Fate = line.isCut() ? { kind: 'refused' } : line.takeFate('photos')
      trace.note(`${line.name}/${state.count} photo ${what.headers?.['range'] ?? ''} ${JSON.stringify(fate)}`)
      try {
        const { head, parts, breaksOff } = download(what, fate)
        return await take(head, flow(parts, breaksOff))
      } finally {
        if (!line.isAlive()) await new Promise(() => {}) // nobody is there any more
      }
    },
    /** Everything that could be let go: slow letters, then transactions that stand still. */
    held: (): { readonly name: string; release(): void }[] => [
      ...state.slow.map((letter) => ({
        name: letter.name,
        release: () => {
          state.slow.splice(state.slow.indexOf(letter), 1)
          letter.open()
        },
      })),
      ...server.gate
        .heldVisits()
        .map((visit: Visit) => ({ name: visit.name, release: () => server.gate.release(visit) })),
    ],
    /** An old request arrives once more; nobody waits for its answer. */
    arriveStale: (index: number): Promise<unknown> | undefined => {
      const sent = state.stale[index]
      return sent === undefined ? undefined : receive({ ...sent, name: `${sent.name}-again` }, {}, false)
    },
    staleCount: () => state.stale.length,
    requestCount: () => state.count,
  }
}

function kindOf({ pathname }: URL): 'push' | 'pull' | 'photos' {
  if (pathname.startsWith('/api/v1/photos')) return 'photos'
  return pathname === '/api/v1/sync/push' ? 'push' : 'pull'
}

function headOf(status: number, headers: Record<string, string>): HttpHead {
  return { status, headers: { 'content-type': 'image/jpeg', ...headers } }
}

async function* flow(parts: readonly Uint8Array[], breaksOff: boolean): AsyncGenerator<Uint8Array> {
  yield* parts
  if (breaksOff) throw silence()
}

function reached(answer: Answer | undefined): Answer {
  if (answer === undefined) throw silence()
  return answer
}

function silence(): AppError {
  return new AppError('server.unreachable', { sent: true })
}

function smallPages(path: string, rows: number): string {
  return path.replace(/([?&]limit=)\d+/, `$1${rows}`)
}

function asOlderVersion(text: string, protocol: number | undefined): string {
  return protocol === undefined
    ? text
    : text.replace(/([?&]protocol=)\d+/, `$1${protocol}`).replace(/("protocol":)\d+/, `$1${protocol}`)
}

function digestOf(text: string): string {
  // The number of a request is the HTTP border's own chance.
  return createHash('sha256')
    .update(text.replace(/"requestId":"[^"]*"/, ''))
    .digest('hex')
    .slice(0, 12)
}
