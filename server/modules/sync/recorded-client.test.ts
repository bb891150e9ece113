import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SessionId } from '../../contract/domain/ids.ts'
import { RecordRead } from '../../contract/domain/reads.ts'
import { ERROR_CODES } from '../../contract/errors.ts'
import { codeForProtocol } from '../../contract/sync/codes-of-protocol.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import {
  create,
  newPhoto,
  newSession,
  openPractice,
  startTestServer,
  type TestPractice,
  type TestServer,
  upload,
} from '../testing.ts'

/** See server/testing/recorded/README.md. */
const Recording = z.object({
  world: z.object({ sessions: z.array(SessionId), colleaguesRead: RecordRead }),
  exchanges: z.array(
    z.object({
      scene: z.string(),
      request: z.object({
        method: z.enum(['GET', 'POST']),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.string().optional(),
      }),
      answer: z.object({ status: z.int(), body: z.string().optional() }).optional(),
    }),
  ),
  wire: z.string(),
})
const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'))
const recording = Recording.parse(await readJson('../../testing/recorded/protocol-1.json'))
const Shapes = z.record(z.string(), z.object({ input: z.custom<z.core.JSONSchema.BaseSchema>() }))
const shapes = Shapes.parse(JSON.parse(recording.wire))

/** What that workstation accepts, by its own schemas. */
const understood = (name: string) => {
  const shape = shapes[name]
  if (shape === undefined) throw new Error(`Protocol 1 had no ${name}`)
  return z.fromJSONSchema(shape.input)
}
const PushAnswer1 = understood('push answer')
const Error1 = understood('error')

type Exchange = (typeof recording.exchanges)[number]
const isPush = ({ request }: Exchange) => request.method === 'POST'
const pushes = recording.exchanges.filter(isPush)
const pulls = recording.exchanges.filter((exchange) => !isPush(exchange))
/** Only a server whose rows were set back answers as it did then; today's knows the numbers and takes the change. */
const isOfSetBackServer = ({ answer }: Exchange) => answer?.status === 409

const Sent = z.looseObject({ mutations: z.array(z.looseObject({ id: z.uuid(), name: z.string() })) })
const sentIds = new Set(
  pushes.flatMap(({ request }) => Sent.parse(JSON.parse(request.body ?? '')).mutations.map((m) => m.id)),
)

let server: TestServer
let practice: TestPractice
let http: StubHttp
let port: number
let ca: string
beforeAll(async () => {
  server = await startTestServer()
  http = await startStubHttp({ handlers: stubHandlers(server.handlers), identify: async () => practice.clinician })
  port = (await http.http.listen('127.0.0.1', 0)).port
  ca = await readFile(http.ca, 'utf8')
})
afterAll(async () => {
  await http?.stop()
  await server?.close()
})
beforeEach(async () => {
  practice = await openPractice(server)
  for (const sessionId of recording.world.sessions) {
    const photo = newPhoto()
    await upload(server, practice, photo)
    await create(server, practice.key.caller, newSession([photo], { sessionId }))
    await server.processNow(practice.id, photo.hash)
  }
})

/** The recorded bytes over TLS. */
async function replay({ request }: Exchange): Promise<{ status: number; json: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; json: unknown }>()
  const { method, headers, url } = request
  const sent = httpsRequest({ host: '127.0.0.1', port, ca, method, path: url, headers, agent: false }, (answer) => {
    text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, json: JSON.parse(body) }), reject)
  })
  sent.on('error', reject)
  sent.end(request.body)
  return promise
}

async function replayPushes(): Promise<{ exchange: Exchange; status: number; json: unknown }[]> {
  const answers = []
  for (const exchange of pushes) {
    if (exchange.scene === 'the second of two reads') await recordColleaguesRead()
    answers.push({ exchange, ...(await replay(exchange)) })
  }
  return answers
}

async function recordColleaguesRead(): Promise<void> {
  const { colleaguesRead: body } = recording.world
  const input = { params: { id: body.sessionId }, body, query: undefined }
  await server.handlers['scans.tag'](input, await practice.hire('clinician'))
}

const count = (table: 'read' | 'mutation_result' | 'parked_mutation') =>
  server.database.inPractice(
    practice.id,
    async (tx) => (await tx.selectFrom(table).select('practice_id').execute()).length,
  )
const verdictsOf = (json: unknown) =>
  z
    .object({ results: z.array(z.object({ id: z.string(), status: z.string(), code: z.string().nullable() })) })
    .parse(json).results

test('the recording is of protocol 1: its schemas have the hash that was kept of them', async () => {
  const golden = z.record(z.string(), z.string()).parse(await readJson('../../contract/sync/wire-hashes.json'))
  expect(createHash('sha256').update(recording.wire).digest('hex')).toBe(golden['1'])
})

describe('a workstation of protocol 1', () => {
  test('has every push applied, and is answered in words that it knows, with the verdicts of its own time', async () => {
    for (const { exchange, status, json } of await replayPushes()) {
      expect(status, exchange.scene).toBe(200)
      expect(PushAnswer1.safeParse(json).error, exchange.scene).toBeUndefined()
      if (exchange.answer === undefined || isOfSetBackServer(exchange)) continue
      expect(verdictsOf(json), exchange.scene).toEqual(verdictsOf(JSON.parse(exchange.answer.body ?? '')))
    }
  })

  test('has each change applied once, however often its bytes arrive', async () => {
    const first = await replayPushes()
    const before = [await count('read'), await count('mutation_result'), await count('parked_mutation')]
    expect(before).toEqual([13, sentIds.size, 1])
    for (const { exchange, json } of first) expect((await replay(exchange)).json, exchange.scene).toEqual(json)
    expect([await count('read'), await count('mutation_result'), await count('parked_mutation')]).toEqual(before)
  })

  test('is told of a gap in words that it knows', async () => {
    const [first, , later] = pushes
    if (first === undefined || later === undefined) throw new Error('The recording has too few pushes')
    await replay(first)
    const { status, json } = await replay(later)
    expect([status, json]).toMatchObject([409, { code: 'sync.gap', detail: { expected: 8 } }])
    expect(Error1.safeParse(json).success).toBe(true)
  })

  test.each(pulls.map((exchange) => [exchange.request.url, exchange]))(
    'is told to update when it asks %s',
    async (_, pull) => {
      const { status, json } = await replay(pull)
      expect([status, json]).toMatchObject([426, { code: 'sync.too-old', detail: { tooOld: 'workstation' } }])
      expect(Error1.safeParse(json).success).toBe(true)
    },
  )

  test('is told of a withdrawn scan by a code that it knows', async () => {
    const [id] = recording.world.sessions
    if (id === undefined) throw new Error('The recording names no session')
    const body = { reason: 'Photos of another patient' }
    await server.handlers['scans.withdraw']({ params: { id }, body, query: undefined }, practice.clinician)
    const [first] = await replayPushes()
    expect(PushAnswer1.safeParse(first?.json).success).toBe(true)
    expect(verdictsOf(first?.json)[0]).toMatchObject({ status: 'rejected', code: 'not-found' })
  })

  test('knows every code that it could be told', () => {
    const told = (code: string) => Error1.safeParse({ code, detail: {} }).success
    expect(ERROR_CODES.map((code) => codeForProtocol(code, 1)).filter((code) => !told(code))).toEqual([])
  })
})
