import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { ROUTES } from './contract/api/routes.ts'
import { Poke } from './contract/live/poke.ts'
import { PROTOCOL_VERSION } from './contract/protocol-version.ts'
import { DEMO_PRACTICES } from './demo/people.ts'
import { signInAs } from './demo/testing/sign-in.ts'
import { readRendition, sendPhoto } from './testing/send-photo.ts'
import { readIntakeKey, type ServerProcess, startServerProcess } from './testing/server-process.ts'

const northside = 'Northside Orthodontics'
let dataDir: string
let server: ServerProcess

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'loupe-main-'))
  server = await startServerProcess(dataDir)
})
afterAll(async () => {
  await server?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function issuerOf(running: ServerProcess): Promise<string> {
  const answer = await running.call('GET', '/api/v1/sign-in')
  return ROUTES['session.signInInfo'].output.parse(answer.json).issuer
}
async function bearer(subject: string): Promise<string> {
  return `Bearer ${(await signInAs(await issuerOf(server), subject)).tokens.access_token}`
}
function handshake(maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  const { port, hostname } = new URL(server.url)
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect({ host: hostname, port: Number(port), ca: server.ca, maxVersion }, () => {
    resolve(socket.getProtocol() ?? 'none')
    socket.destroy()
  })
  socket.on('error', () => resolve('refused'))
  return promise
}

describe('the running server', () => {
  test('speaks TLS 1.3 and nothing older', async () => {
    expect(await handshake('TLSv1.3')).toBe('TLSv1.3')
    expect(await handshake('TLSv1.2')).toBe('refused')
  })

  test('is ready, and says what it offers', async () => {
    expect((await server.call('GET', '/readyz')).json).toEqual({ ok: true, database: true, objects: true })
    expect((await server.call('GET', '/healthz')).status).toBe(200)
    expect((await server.call('GET', '/api/v1/openapi.json')).json).toMatchObject({ openapi: '3.1.0' })
  })

  test('asks strangers to sign in', async () => {
    const answer = await server.call('GET', '/api/v1/me')
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ code: 'auth.required' })
  })

  test.each(DEMO_PRACTICES.flatMap(({ name, people }) => people.map((person) => ({ ...person, name }))))(
    'knows $displayName of $name',
    async ({ subject, displayName, roles, name }) => {
      const answer = await server.call('GET', '/api/v1/me', await bearer(subject))
      expect(answer.json).toMatchObject({ person: { displayName, roles }, practice: { name } })
    },
  )

  test('writes a refusal into the audit log of the practice', async () => {
    expect((await server.call('GET', '/api/v1/patients', await bearer('tom.weir'))).status).toBe(403)
    const log = await server.call('GET', '/api/v1/audit', await bearer('ines.duarte'))
    const { entries } = ROUTES['audit.list'].output.parse(log.json)
    const tom = DEMO_PRACTICES[0]?.people.find((person) => person.subject === 'tom.weir')
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'patient.list', outcome: 'denied', personId: tom?.id }),
    )
  })

  test('takes a photo from a device, publishes its session and pokes that practice alone', async () => {
    const socket = await openLive(await bearer('alma.reyes'))
    const foreign = await openLive(await bearer('emil.stone'))
    const progress = await sendPhoto(server, `Intake ${await readIntakeKey(dataDir, northside)}`)
    expect(progress.state).toBe('published')
    const doctor = await bearer('alma.reyes')
    const copy = await server.call('GET', `/api/v1/sync/bootstrap?entity=session&protocol=${PROTOCOL_VERSION}`, doctor)
    const { seq } = ROUTES['sync.bootstrap'].output.parse(copy.json)
    await vi.waitFor(() => expect(socket.pokes).toContainEqual({ practice: DEMO_PRACTICES[0]?.id, seq }))
    const feed = await server.call('GET', '/api/v1/dashboard/feed', doctor)
    expect(ROUTES['dashboard.feed'].output.parse(feed.json).sessions.map(({ session }) => session.id)).toContain(
      progress.sessionId,
    )
    expect(await readRendition(server, doctor, progress)).toMatchObject({ isWhole: true, widthPx: 512 })
    const elsewhere = await server.call('GET', '/api/v1/dashboard/feed', await bearer('emil.stone'))
    expect(elsewhere.json).toEqual({ sessions: [], next: null })
    // Its own position is all that the other practice's workstation is ever told.
    expect(foreign.pokes.filter((poke) => poke.practice !== DEMO_PRACTICES[1]?.id)).toEqual([])
    socket.close()
    foreign.close()
  })
})

test('a setting that cannot be is refused before anything starts', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const run = spawnSync(process.execPath, [main, '--port', 'https'], { encoding: 'utf8' })
  expect(run).toMatchObject({ status: 2, stdout: '' })
  expect(run.stderr).toContain('LOUPE_PORT')
})

test('a restart keeps people, keys and sign-ins; a signal ends it cleanly', { timeout: 120_000 }, async () => {
  const issuer = await issuerOf(server)
  const { client, tokens } = await signInAs(issuer, 'priya.shah')
  const key = await readIntakeKey(dataDir, northside)
  expect(server.furtherLines).toEqual([])
  expect(await server.stop('SIGTERM')).toBe(0)
  server = await startServerProcess(dataDir)
  expect(await issuerOf(server)).toBe(issuer)
  expect(await readIntakeKey(dataDir, northside)).toBe(key)
  const again = await oidc.refreshTokenGrant(client, tokens.refresh_token ?? '')
  expect((await server.call('GET', '/api/v1/me', `Bearer ${again.access_token}`)).status).toBe(200)
  expect(await server.stop('SIGINT')).toBe(0)
})

async function openLive(authorization: string): Promise<{ pokes: Poke[]; close(): void }> {
  const socket = new WebSocket(`${server.url.replace('https', 'wss')}/api/v1/live`, {
    ca: server.ca,
    headers: { authorization },
  })
  const pokes: Poke[] = []
  socket.on('message', (data: Buffer) => pokes.push(Poke.parse(JSON.parse(data.toString()))))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.on('open', resolve)
  socket.on('error', reject)
  await promise
  return { pokes, close: () => socket.terminate() }
}
