import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '../platform/logger.ts'
import { WebSocket } from 'ws'
import { toWire } from '../../preload/contract/preview-wire.ts'
import { type DataProcess, startDataProcess } from '../ipc/data-process.ts'
import { forkTinyData } from '../ipc/testing/start-tiny-data.ts'
import { type PreviewServer, startPreviewServer } from './preview-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'loupe-preview-'))
const context = {} as { data: DataProcess; server: PreviewServer; origin: string; token: string; cookie: string }

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<head><script type="module" src="/app.js"></script></head>')
  writeFileSync(path.join(folder, 'app.js'), 'start()')
  writeFileSync(path.join(folder, 'bridge.cjs'), 'bridge()')
  context.data = startDataProcess({ spawn: () => forkTinyData(), logger: silentLogger, firstRestartMs: 1 })
  context.server = await startPreviewServer({
    data: context.data,
    rendererDir: folder,
    bridgeFile: path.join(folder, 'bridge.cjs'),
    port: 0,
    logger: silentLogger,
  })
  const url = new URL(context.server.url)
  context.origin = url.origin
  context.token = url.searchParams.get('token') ?? ''
  const welcome = await fetch(context.server.url, { redirect: 'manual' })
  context.cookie = (welcome.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(async () => {
  await context.server.close()
  await context.data.stop()
  rmSync(folder, { recursive: true })
})

function get(at: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${context.origin}${at}`, { redirect: 'manual', headers: { cookie: context.cookie, ...headers } })
}
function post(at: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const { origin, cookie } = context
  return fetch(`${origin}${at}`, {
    method: 'POST',
    body,
    headers: { cookie, origin, 'content-type': 'application/json', ...headers },
  })
}
/** `fetch` sets Host itself; a rebound name arrives with its own. */
function statusForHost(host: string): Promise<number | undefined> {
  const { port } = new URL(context.origin)
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: '/', headers: { host, cookie: context.cookie } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      .on('error', reject)
  })
}
/** @returns the status of a refused upgrade, or the open socket */
function openEvents(headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(`${context.origin.replace('http', 'ws')}/events`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}

test('the token has 256 bits and stays out of the address once the browser is known', async () => {
  expect(Buffer.from(context.token, 'base64url')).toHaveLength(32)
  const welcome = await fetch(`${context.origin}/review?token=${context.token}`, { redirect: 'manual' })
  expect(welcome.status).toBe(302)
  expect(welcome.headers.get('location')).toBe('/review')
  const cookie = welcome.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(new RegExp(`^loupe_preview_${new URL(context.origin).port}=`))
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/)
  expect(cookie).not.toContain(context.token)
})

test.each(['/', '/app.js', '/bridge.js', `/photo/${'a'.repeat(64)}/512`, '/?token=wrong', '/?token='])(
  'without the cookie %s is refused',
  async (at) => {
    expect((await get(at, { cookie: '' })).status).toBe(403)
  },
)

test('a wrong cookie is refused, and one of another port is no cookie of ours', async () => {
  const value = context.cookie.split('=')[1] ?? ''
  expect((await get('/', { cookie: `${context.cookie}x` })).status).toBe(403)
  expect((await get('/', { cookie: `loupe_preview_1=${value}` })).status).toBe(403)
})

test.each(['attacker.test', 'localhost', '127.0.0.1'])(
  'host %s is refused: a rebound name proves nothing',
  async (name) => {
    expect(await statusForHost(`${name}:${new URL(context.origin).port}`)).toBe(name === '127.0.0.1' ? 200 : 403)
  },
)

test.each([
  { who: 'another site', origin: 'https://attacker.test' },
  { who: 'another port of this machine', origin: 'http://127.0.0.1:1' },
  { who: 'a sandboxed frame', origin: 'null' },
])('a call from $who is refused even with the cookie', async ({ origin }) => {
  expect((await post('/call/app.state', 'null', { origin })).status).toBe(403)
})

test('a call that does not say where it comes from is refused', async () => {
  const response = await fetch(`${context.origin}/call/app.state`, {
    method: 'POST',
    body: 'null',
    headers: { cookie: context.cookie, 'content-type': 'application/json' },
  })
  expect(response.status).toBe(403)
})

test('the page carries a strict policy and the bridge before its own module', async () => {
  const page = await get('/queue')
  const html = await page.text()
  expect(html.indexOf('/bridge.js')).toBeGreaterThan(0)
  expect(html.indexOf('/bridge.js')).toBeLessThan(html.indexOf('/app.js'))
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*|https?:/)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await (await get('/bridge.js')).text()).toBe('bridge()')
})

test('a call goes through to the data process and its answer comes back', async () => {
  expect(await (await post('/call/app.state', 'null')).json()).toMatchObject({ ok: true, value: { demo: true } })
  expect(await (await post('/call/no.such', 'null')).json()).toMatchObject({ ok: false, code: 'not-found' })
  expect(await (await post('/call/app.state', '{broken')).json()).toMatchObject({ ok: false, code: 'input.invalid' })
  expect(await (await post('/call/app.unlock', '{"passphrase":"x"}')).json()).toEqual({
    ok: false,
    code: 'store.passphrase',
    detail: { tries: 1 },
  })
})

test('a photo of 60 MB can be staged and an export as large be read, and no other call may be that large', async () => {
  const body = toWire({ name: 'a.jpg', bytes: new Uint8Array(60_000_000) }, (bytes) =>
    Buffer.from(bytes).toString('base64'),
  )
  expect(await (await post('/call/import.stage', body)).json()).toMatchObject({ value: { byteCount: 60_000_000 } })
  const file = body.replace('"name":"a.jpg"', '"passphrase":"tulip anvil"')
  expect(await (await post('/call/outbox.readExport', file)).json()).not.toMatchObject({ code: 'input.too-large' })
  expect(await (await post('/call/app.unlock', body)).json()).toMatchObject({ ok: false, code: 'input.too-large' })
})

test('a cached photo has its type and is kept nowhere else; one that is not cached is absent', async () => {
  const photo = await get(`/photo/${'a'.repeat(64)}/512`)
  expect(Object.fromEntries(photo.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(new Uint8Array(await photo.arrayBuffer())).toEqual(new Uint8Array([0xff, 0xd8, 0xff]))
  expect((await get(`/photo/${'0'.repeat(64)}/512`)).status).toBe(404)
  expect((await get(`/photo/${'a'.repeat(64)}/513`)).status).toBe(404)
  expect((await get(`/photo/${'ab'.repeat(32)}/512`)).headers.get('content-type')).toBe('application/octet-stream')
})

test('events reach an admitted window, and nobody else may listen', async () => {
  const { origin, cookie, data } = context
  expect(await openEvents({ origin })).toBe(403)
  expect(await openEvents({ cookie, origin: 'http://127.0.0.1:1' })).toBe(403)
  expect(await openEvents({ cookie })).toBe(403)
  const socket = await openEvents({ cookie, origin })
  if (typeof socket === 'number') throw new Error('refused')
  const heard = new Promise<unknown>((resolve) =>
    socket.on('message', (text: Buffer) => resolve(JSON.parse(text.toString()))),
  )
  data.lock()
  expect(await heard).toMatchObject({ name: 'app.state', body: { phase: 'locked' } })
  socket.terminate()
})

test('the second window is opened by the first, at an address of this preview with its token', async () => {
  const reply = await post('/call/compare.popOut', 'null')
  expect(await reply.json()).toEqual({
    ok: true,
    value: { url: `${context.origin}/compare?token=${context.token}` },
  })
  const page = await get('/compare')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('/bridge.js')
})
