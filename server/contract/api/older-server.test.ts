import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callRoute, type Transport } from './call.ts'

/** What servers of older protocols answer to requests of the next one (server/testing/recorded/README.md). */
const Answers = z.record(z.string(), z.object({ status: z.int(), contentType: z.string(), body: z.string() }))
const id = '01890000-0000-7000-8000-000000000001'
const mutations = [{ id, clientSeq: 1, name: 'read.record', version: 1, args: {}, base: {} }]

async function openOldServer(protocol: number): Promise<Transport> {
  const file = await readFile(new URL(`../../testing/recorded/protocol-${protocol}.json`, import.meta.url), 'utf8')
  const { serverAnswers } = z.object({ serverAnswers: Answers }).parse(JSON.parse(file))
  return async ({ method, path }) => {
    const answer = serverAnswers[`${method} ${path.replace(/\?.*/, '')}`]
    if (answer === undefined) throw new Error(`What the old server says to ${method} ${path} was not recorded`)
    return { status: answer.status, text: answer.body, contentType: answer.contentType }
  }
}

describe.each([1, 2])('a server of protocol %i', async (older) => {
  const oldServer = await openOldServer(older)
  const protocol = older + 1
  test.each([
    [
      'the first page of a fresh copy',
      () => callRoute(oldServer, 'sync.bootstrap', { query: { entity: 'practice', protocol } }),
    ],
    ['a pull', () => callRoute(oldServer, 'sync.pull', { query: { cursor: '1.5', protocol } })],
    ['a digest', () => callRoute(oldServer, 'sync.digest', { query: { cursor: '1.5', protocol } })],
    ['a push', () => callRoute(oldServer, 'sync.push', { body: { protocol, clientId: id, mutations } })],
    [
      'an import',
      () =>
        callRoute(oldServer, 'sync.importOutbox', {
          body: { protocol, clientId: id, personId: id, exportedAtMs: 1, mutations },
        }),
    ],
  ])('is the older one: %s hears so', async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'sync.server-too-old' })
  })
})

test('a server of protocol 2 does not know who has which case open: there is nothing at that address', async () => {
  const asked = callRoute(await openOldServer(2), 'presence.set', { body: { sessionId: null } })
  await expect(asked).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  [
    'a workstation that is too old itself',
    'sync.pull',
    426,
    { code: 'sync.too-old', detail: { tooOld: 'workstation' } },
  ],
  ['a record that is not there', 'health.live', 404, { code: 'not-found', detail: {} }],
] as const)('%s is told so', async (_, route, status, said) => {
  const server: Transport = async () => ({ status, text: JSON.stringify(said) })
  const ask =
    route === 'sync.pull' ? callRoute(server, route, { query: { cursor: '1.5' } }) : callRoute(server, route, {})
  await expect(ask).rejects.toMatchObject({ code: said.code })
})
