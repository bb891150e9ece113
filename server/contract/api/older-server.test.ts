import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { callRoute, type Transport } from './call.ts'

/** What a server of protocol 1 answers to requests of protocol 2 (server/testing/recorded/README.md). */
const Answers = z.record(z.string(), z.object({ status: z.int(), contentType: z.string(), body: z.string() }))
const file = await readFile(new URL('../../testing/recorded/protocol-1.json', import.meta.url), 'utf8')
const { serverAnswers } = z.object({ serverAnswers: Answers }).parse(JSON.parse(file))

const oldServer: Transport = async ({ method, path }) => {
  const answer = serverAnswers[`${method} ${path.replace(/\?.*/, '')}`]
  if (answer === undefined) throw new Error(`What the old server says to ${method} ${path} was not recorded`)
  return { status: answer.status, text: answer.body, contentType: answer.contentType }
}
const id = '01890000-0000-7000-8000-000000000001'
const mutations = [{ id, clientSeq: 1, name: 'read.record', version: 1, args: {}, base: {} }]

test.each([
  [
    'the first page of a fresh copy',
    () => callRoute(oldServer, 'sync.bootstrap', { query: { entity: 'practice', protocol: 2 } }),
  ],
  ['a pull', () => callRoute(oldServer, 'sync.pull', { query: { cursor: '1.5', protocol: 2 } })],
  ['a digest', () => callRoute(oldServer, 'sync.digest', { query: { cursor: '1.5', protocol: 2 } })],
  ['a push', () => callRoute(oldServer, 'sync.push', { body: { protocol: 2, clientId: id, mutations } })],
  [
    'an import',
    () =>
      callRoute(oldServer, 'sync.importOutbox', {
        body: { protocol: 2, clientId: id, personId: id, exportedAtMs: 1, mutations },
      }),
  ],
])('%s at a server of protocol 1 hears that the server is the older one', async (_, ask) => {
  await expect(ask()).rejects.toMatchObject({ code: 'sync.server-too-old' })
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
