import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { PatientId, PersonId, SessionId } from '../../contract/domain/ids.ts'
import { NewPatient, PatientChange } from '../../contract/domain/patients.ts'
import { RecordRead } from '../../contract/domain/reads.ts'
import { ERROR_CODES } from '../../contract/errors.ts'
import { codeForProtocol } from '../../contract/sync/codes-of-protocol.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import { registerPerson } from '../people/service.ts'
import { presenceOf } from '../presence/service.ts'
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
  world: z.object({
    sessions: z.array(SessionId),
    colleaguesRead: RecordRead,
    /** Since 2: the person whose workstation it was, the patients that its changes name, and what a colleague changed. */
    personId: PersonId.optional(),
    patients: z.array(NewPatient).default([]),
    colleaguesChange: z.object({ patientId: PatientId, body: PatientChange }).optional(),
  }),
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
  /** How its socket for pokes asks; since 2. */
  live: z.object({ url: z.string() }).optional(),
  wire: z.string(),
})
const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'))
type Exchange = z.infer<typeof Recording>['exchanges'][number]
const Shapes = z.record(z.string(), z.object({ input: z.custom<z.core.JSONSchema.BaseSchema>() }))
const Sent = z.looseObject({ mutations: z.array(z.looseObject({ id: z.uuid(), name: z.string() })) })
const isPush = ({ request }: Exchange) => request.method === 'POST'
/** Only a server whose rows were set back answers as it did then; today's knows the numbers and takes the change. */
const isOfSetBackServer = ({ answer }: Exchange) => answer?.status === 409

async function readRecording(protocol: number) {
  const recording = Recording.parse(await readJson(`../../testing/recorded/protocol-${protocol}.json`))
  const shapes = Shapes.parse(JSON.parse(recording.wire))
  /** What that workstation accepts, by its own schemas. */
  const understood = (name: string) => {
    const shape = shapes[name]
    if (shape === undefined) throw new Error(`Protocol ${protocol} had no ${name}`)
    return z.fromJSONSchema(shape.input)
  }
  const pushes = recording.exchanges.filter(isPush)
  const pulls = recording.exchanges.filter((exchange) => !isPush(exchange))
  const ids = pushes.flatMap(({ request }) => Sent.parse(JSON.parse(request.body ?? '')).mutations.map((m) => m.id))
  return {
    protocol,
    ...recording,
    pushes,
    pulls: new Map(pulls.map((exchange) => [exchange.request.url, exchange])),
    sentIds: new Set(ids),
    PushAnswer: understood('push answer'),
    ErrorBody: understood('error'),
    Poke: understood('poke'),
  }
}
const recordings = [
  { ...(await readRecording(1)), readCount: 13, codeOfWithdrawn: 'not-found' },
  { ...(await readRecording(2)), readCount: 15, codeOfWithdrawn: 'session.withdrawn' },
]
type Recorded = (typeof recordings)[number]

let server: TestServer
let practice: TestPractice
/** Whose workstation it is, and who brings what it could not send. */
let author: PersonPrincipal
let admin: PersonPrincipal
let http: StubHttp
let port: number
let ca: string
beforeAll(async () => {
  server = await startTestServer()
  http = await startStubHttp({
    handlers: stubHandlers(server.handlers),
    identify: async (authorization) => (authorization === 'Bearer admin' ? admin : author),
    presence: presenceOf(server.database),
    followMs: 30,
  })
  port = (await http.http.listen('127.0.0.1', 0)).port
  ca = await readFile(http.ca, 'utf8')
})
afterAll(async () => {
  await http?.stop()
  await server?.close()
})

async function openWorld({ world }: Recorded): Promise<void> {
  practice = await openPractice(server)
  admin = await practice.hire('practice_admin')
  const personId = world.personId ?? practice.clinician.personId
  author = { ...practice.clinician, personId }
  const person = { id: personId, displayName: 'A Person', roles: ['clinician' as const], active: true }
  await registerPerson(server.deps, practice.id, person, { issuer: 'https://issuer', subject: personId })
  for (const body of world.patients) {
    await server.handlers['patients.create']({ body, params: undefined, query: undefined }, admin)
  }
  const [patient] = world.patients
  for (const sessionId of world.sessions) {
    const photo = newPhoto()
    await upload(server, practice, photo)
    const change = patient === undefined ? { sessionId } : { sessionId, patient: { id: patient.id } }
    await create(server, practice.key.caller, newSession([photo], change))
    await server.processNow(practice.id, photo.hash)
  }
}

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

async function replayPushes({ pushes, world }: Recorded) {
  const answers: { exchange: Exchange; status: number; json: unknown }[] = []
  for (const exchange of pushes) {
    if (exchange.scene === 'the second of two reads') await recordColleaguesRead(world.colleaguesRead)
    if (exchange.scene === 'a field that a colleague changed first') await changeFirst(world.colleaguesChange)
    answers.push({ exchange, ...(await replay(exchange)) })
  }
  return answers
}

async function recordColleaguesRead(body: RecordRead): Promise<void> {
  const input = { params: { id: body.sessionId }, body, query: undefined }
  await server.handlers['scans.tag'](input, await practice.hire('clinician'))
}

async function changeFirst(change: Recorded['world']['colleaguesChange']): Promise<void> {
  if (change === undefined) throw new Error('The recording does not say what the colleague changed')
  const input = { params: { id: change.patientId }, body: change.body, query: undefined }
  await server.handlers['patients.change'](input, admin)
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

describe.each(recordings)('a workstation of protocol $protocol', (recorded) => {
  const { protocol, pushes, pulls, sentIds, readCount, PushAnswer, ErrorBody } = recorded
  beforeEach(() => openWorld(recorded))

  test('is recorded as it was: its schemas have the hash that was kept of them', async () => {
    const golden = z.record(z.string(), z.string()).parse(await readJson('../../contract/sync/wire-hashes.json'))
    expect(createHash('sha256').update(recorded.wire).digest('hex')).toBe(golden[protocol])
  })

  test('has every push applied, and is answered in words that it knows, with the verdicts of its own time', async () => {
    for (const { exchange, status, json } of await replayPushes(recorded)) {
      expect(status, exchange.scene).toBe(200)
      expect(PushAnswer.safeParse(json).error, exchange.scene).toBeUndefined()
      if (exchange.answer === undefined || isOfSetBackServer(exchange)) continue
      expect(verdictsOf(json), exchange.scene).toEqual(verdictsOf(JSON.parse(exchange.answer.body ?? '')))
    }
  })

  test('has each change applied once, however often its bytes arrive', async () => {
    const first = await replayPushes(recorded)
    const before = [await count('read'), await count('mutation_result'), await count('parked_mutation')]
    expect(before).toEqual([readCount, sentIds.size, 1])
    for (const { exchange, json } of first) expect((await replay(exchange)).json, exchange.scene).toEqual(json)
    expect([await count('read'), await count('mutation_result'), await count('parked_mutation')]).toEqual(before)
  })

  test('is told of a gap in words that it knows', async () => {
    const [first, , later] = pushes
    if (first === undefined || later === undefined) throw new Error('The recording has too few pushes')
    await replay(first)
    const { status, json } = await replay(later)
    expect([status, json]).toMatchObject([409, { code: 'sync.gap', detail: { expected: 8 } }])
    expect(ErrorBody.safeParse(json).success).toBe(true)
  })

  test.each([...pulls])('is told to update when it asks %s', async (_, pull) => {
    const { status, json } = await replay(pull)
    expect([status, json]).toMatchObject([426, { code: 'sync.too-old', detail: { tooOld: 'workstation' } }])
    expect(ErrorBody.safeParse(json).success).toBe(true)
  })

  test('is told of a withdrawn scan by a code that it knows', async () => {
    const [id] = recorded.world.sessions
    if (id === undefined) throw new Error('The recording names no session')
    const body = { reason: 'Photos of another patient' }
    await server.handlers['scans.withdraw']({ params: { id }, body, query: undefined }, practice.clinician)
    const [first] = await replayPushes(recorded)
    expect(PushAnswer.safeParse(first?.json).success).toBe(true)
    expect(verdictsOf(first?.json)[0]).toMatchObject({ status: 'rejected', code: recorded.codeOfWithdrawn })
  })

  test('knows every code that it could be told', () => {
    const told = (code: string) => ErrorBody.safeParse({ code, detail: {} }).success
    expect(ERROR_CODES.map((code) => codeForProtocol(code, protocol)).filter((code) => !told(code))).toEqual([])
  })
})

test('the socket of protocol 2 is told of new rows, and of nothing that it does not know', async () => {
  const [, recorded] = recordings
  if (recorded?.live === undefined) throw new Error('The recording has no socket')
  await openWorld(recorded)
  const [sessionId = null] = recorded.world.sessions
  const older = await connect(recorded.live.url)
  const newer = await connect(`${recorded.live.url.replace(/client=.*/, '')}protocol=3`)
  await server.handlers['presence.set']({ body: { sessionId }, params: undefined, query: undefined }, author)
  await vi.waitFor(() => expect(JSON.stringify(newer)).toContain(sessionId))
  http.http.poke(practice.id, 9)
  await vi.waitFor(() => expect(older).toHaveLength(1))
  expect(recorded.Poke.safeParse(older[0]).success).toBe(true)
})

async function connect(url: string): Promise<unknown[]> {
  const headers = { authorization: 'Bearer clinician' }
  const socket = new WebSocket(`wss://127.0.0.1:${port}${url}`, { ca, headers })
  const messages: unknown[] = []
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return messages
}
