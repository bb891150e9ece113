import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Poke } from '../../contract/live/poke.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import type { Announce } from '../deps.ts'
import { createHandlers } from '../handlers.ts'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { writeInPractice } from './service.ts'

/** Two server processes, but for the process: each with its own border, sockets and announcements, on one database. */
type Instance = { readonly stub: StubHttp; readonly port: number; readonly ca: string; readonly announce: Announce }

let server: TestServer
let [ours, theirs]: TestPractice[] = []
let instances: [Instance, Instance]
const asked: string[][] = []
const sockets: WebSocket[] = []

beforeAll(async () => {
  server = await startTestServer()
  ours = await openPractice(server)
  theirs = await openPractice(server)
  instances = [await startInstance(), await startInstance()]
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate()
})
afterAll(async () => {
  for (const { stub } of instances) await stub.stop()
  await server.close()
})

async function startInstance(): Promise<Instance> {
  const stub: StubHttp = await startStubHttp({
    handlers: stubHandlers(createHandlers(server.deps)),
    identify: async (authorization) => (authorization === 'Bearer theirs' ? theirs : ours)?.clinician,
    feedPositions: (practices) => {
      asked.push([...practices])
      return server.database.listFeedPositions(practices)
    },
    followMs: 50,
  })
  const { port } = await stub.http.listen('127.0.0.1', 0)
  return { stub, port, ca: await readFile(stub.ca, 'utf8'), announce: stub.http.poke }
}

/** A workstation's socket and the pokes it got. */
async function connect(at: Instance, who: 'ours' | 'theirs'): Promise<Poke[]> {
  const headers = { authorization: `Bearer ${who}` }
  const socket = new WebSocket(`wss://127.0.0.1:${at.port}/api/v1/live`, { ca: at.ca, headers })
  sockets.push(socket)
  const pokes: Poke[] = []
  socket.on('message', (data: Buffer) => pokes.push(Poke.parse(JSON.parse(data.toString()))))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return pokes
}

/** What a push at this server does. */
async function commit(at: Instance, practice: TestPractice | undefined): Promise<number> {
  if (practice === undefined) throw new Error('The practice is opened before the tests')
  const seqs: number[] = []
  const announce: Announce = (practiceId, seq) => {
    seqs.push(seq)
    at.announce(practiceId, seq)
  }
  const body = { id: practice.id, name: `N ${Math.random()}` }
  await writeInPractice({ ...server.deps, announce }, practice.id, async (_, feed) =>
    feed.put('practice', practice.id, body),
  )
  return seqs[0] ?? 0
}

test('what one server commits is told to the workstations at the other, and only to those of the practice', async () => {
  const [first, second] = instances
  const pokes = await connect(second, 'ours')
  const foreign = await connect(second, 'theirs')
  const seq = await commit(first, ours)
  await vi.waitFor(() => expect(pokes.at(-1)).toEqual({ practice: ours?.id, seq }))
  expect(foreign.every((poke) => poke.practice === theirs?.id)).toBe(true)
})

test('what a server has told itself it does not tell again when it sees it in the database', async () => {
  const [first] = instances
  const pokes = await connect(first, 'ours')
  const seq = await commit(first, ours)
  await vi.waitFor(() => expect(pokes.at(-1)?.seq).toBe(seq))
  const looks = asked.length
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(looks + 4))
  const next = await commit(first, ours) // an end mark: had the first been told twice, it would stand before this
  await vi.waitFor(() => expect(pokes.at(-1)?.seq).toBe(next))
  expect(pokes.filter((poke) => poke.seq === seq)).toHaveLength(1)
})

test('only practices with a socket here are asked about, in one question', async () => {
  const [first] = instances
  await connect(first, 'ours')
  await connect(first, 'ours')
  asked.length = 0
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2))
  for (const practices of asked) expect(practices).toEqual([ours?.id])
})

test('a database that does not answer for a while is asked again', async () => {
  const [, second] = instances
  const pokes = await connect(second, 'ours')
  const broken = vi.spyOn(server.database, 'listFeedPositions').mockRejectedValue(new Error('gone'))
  const seq = await commit(instances[0], ours)
  await vi.waitFor(() => expect(broken.mock.calls.length).toBeGreaterThan(2))
  broken.mockRestore()
  await vi.waitFor(() => expect(pokes.at(-1)?.seq).toBe(seq))
})
