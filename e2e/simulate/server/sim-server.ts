import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PhotoHash, PracticeId } from '../../../server/contract/domain/ids.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { createHttp } from '../../../server/http/create-http.ts'
import type { PersonPrincipal } from '../../../server/http/handler.ts'
import { healthHandlers } from '../../../server/http/health.ts'
import { signInHandlers } from '../../../server/http/sign-in/sign-in-info.ts'
import { appendAudit } from '../../../server/modules/audit/service.ts'
import type { ModuleDeps } from '../../../server/modules/deps.ts'
import { createHandlers } from '../../../server/modules/handlers.ts'
import { processQueuedPhoto, type ProcessOutcome } from '../../../server/modules/scans/process-photo.ts'
import { serveOn } from '../../../server/platform/database/open.ts'
import { silentLogger } from '../../../server/platform/logger.ts'
import { getDemoTls } from '../../../server/platform/secrets/demo-tls.ts'
import type { SimulatedTime } from '../seams/timers.ts'
import type { Cluster } from './cluster.ts'
import { createMemoryObjects } from './memory-objects.ts'
import { createStatementGate, type StopAt, type Visit, visits } from './statement-gate.ts'

export type Request = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string | undefined
}
export type Answer = { readonly status: number; readonly text: string }
export type Stops = Partial<Pick<Visit, 'holdAt' | 'dieAt' | 'dieAfterCommit'>>
export type { StopAt }

export type SimServer = Awaited<ReturnType<typeof startSimServer>>

/**
 * The real server behind its real HTTP border, from the text of a request to the text of its answer; only sockets, TLS,
 * the queue's own polling and the decoding of pixels are stood in for.
 */
export async function startSimServer(cluster: Cluster, time: SimulatedTime) {
  const gate = createStatementGate(cluster)
  const database = serveOn(cluster.connections.kyselyThrough(gate), cluster.url)
  const objects = createMemoryObjects()
  const state = {
    /** Who each token speaks for; a token that is not here is over. */
    tokens: new Map<string, PersonPrincipal>(),
    jobs: [] as { practiceId: PracticeId; hash: PhotoHash }[],
    faults: [] as unknown[],
    firstReads: 0,
  }
  const clock = { nowMs: () => time.nowMs() }
  const log = { ...silentLogger, error: (_event: string, cause: unknown) => void state.faults.push(cause) }
  const deps: ModuleDeps = {
    database,
    objects,
    clock,
    log,
    announce: () => {},
    jobs: {
      send: async (_tx, _name, data) => void state.jobs.push(data as (typeof state.jobs)[number]),
      wake: () => {},
      work: async () => {},
      repeat: async () => {},
      stop: async () => {},
    },
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'loupe-simulate-tls-'))
  const tls = await getDemoTls(folder, Date.now())
  await rm(folder, { recursive: true, force: true })
  const http = await createHttp({
    tls, // asked for, and never used: no socket is opened
    handlers: {
      // By turns, not by chance: the same seed is the same run.
      ...createHandlers(deps, { draw: () => (state.firstReads += 1) % 5 === 0 }),
      ...healthHandlers({ database, objects }),
      ...signInHandlers({ issuer: 'https://issuer.simulated', clientId: 'c', audience: 'a', demo: false }),
    },
    identify: async (authorization) => {
      const known = state.tokens.get(authorization ?? '')
      if (known === undefined) throw new AppError('auth.required')
      return known
    },
    audit: {
      record: (who, event) =>
        database.inPractice(who.practiceId, (tx) => appendAudit(tx, who.practiceId, who, clock.nowMs(), event)),
    },
    log,
    objects: undefined,
    rates: { perPrincipal: 1e9, openPerAddress: 1e9, failedSignInsPerAddress: 1e9, atOncePerPrincipal: 1e9 },
    maxLagMs: 1e9,
  })
  await http.app.ready()

  /** Inside the server: each of its statements passes the gate. */
  const visit = async <T>(name: string, stops: Stops, work: () => Promise<T>): Promise<{ value: T; dead: boolean }> => {
    const one: Visit = {
      name,
      holdAt: null,
      dieAt: null,
      dieAfterCommit: null,
      statements: 0,
      commits: 0,
      running: true,
      dead: false,
      ...stops,
    }
    gate.begin(one)
    try {
      // `inject` begins when it is awaited: that must be inside.
      return { value: await visits.run(one, async () => await work()), dead: one.dead }
    } finally {
      gate.end(one)
    }
  }

  return {
    gate,
    deps,
    objects,
    tokens: state.tokens,
    /** What the server wrote to its log as its own faults. */
    faults: state.faults,
    /** @returns undefined when the server ended before it answered */
    receive: async (name: string, request: Request, stops: Stops = {}): Promise<Answer | undefined> => {
      const { method, path: url, authorization, body } = request
      const { value, dead } = await visit(name, stops, () =>
        http.app.inject({
          method,
          url,
          headers: {
            ...(authorization === undefined ? {} : { authorization }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { payload: body }),
        }),
      )
      return dead ? undefined : { status: value.statusCode, text: value.payload }
    },
    /** Work of the server's own, or of a device at the practice. */
    run: async (name: string, work: (deps: ModuleDeps) => Promise<void>): Promise<void> => {
      await visit(name, {}, () => work(deps))
    },
    processPhotos: async (): Promise<void> => {
      for (const job of state.jobs.splice(0)) await processQueuedPhoto({ ...deps, processPhoto: takeAsGood }, job)
    },
    reset: () => {
      state.tokens.clear()
      state.jobs.length = 0
      state.faults.length = 0
      state.firstReads = 0
    },
    stop: () => http.close(),
  }
}

/** In place of the decoder: the bytes themselves are both renditions. */
async function takeAsGood(bytes: Uint8Array, expected: { hash: PhotoHash }): Promise<ProcessOutcome> {
  const sized = { '512': suffixed(bytes, 1), '2048': suffixed(bytes, 2) }
  const rendition = (of: Uint8Array) => ({ sha256: sha256(of), bytes: of.byteLength, widthPx: 4, heightPx: 3 })
  return {
    ok: true,
    renditions: sized,
    facts: {
      hash: expected.hash,
      mediaType: 'image/jpeg',
      bytes: bytes.byteLength,
      widthPx: 4,
      heightPx: 3,
      renditions: { '512': rendition(sized['512']), '2048': rendition(sized['2048']) },
      quality: { sharpness: 1, exposure: 0.5, clipped: 0, score: 1, flags: [] },
      capturedAt: null,
      camera: null,
      hadPosition: false,
    },
  }
}

function suffixed(bytes: Uint8Array, last: number): Uint8Array {
  return Uint8Array.from([...bytes, last])
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
