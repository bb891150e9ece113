import { expect, test } from 'vitest'
import { callRoute, type Transport } from './call.ts'

type Sent = Parameters<Transport>[0]

function transport(status: number, text: string): { sent: Sent[]; send: Transport } {
  const sent: Sent[] = []
  return {
    sent,
    send: async (request) => {
      sent.push(request)
      return { status, text }
    },
  }
}

const id = '01890000-0000-7000-8000-000000000001'

test('the path carries parameters and query, each encoded, and leaves out what is not given', async () => {
  const { sent, send } = transport(200, JSON.stringify({ patients: [], next: null }))
  await callRoute(send, 'patients.list', { query: { after: 'Ö/1 & 2?', limit: 10 } })
  await callRoute(send, 'patients.list', { query: {} })
  expect(sent).toEqual([
    { method: 'GET', path: '/api/v1/patients?after=%C3%96%2F1%20%26%202%3F&limit=10', body: undefined },
    { method: 'GET', path: '/api/v1/patients', body: undefined },
  ])
})

test('a parameter cannot leave its place in the path', async () => {
  const { sent, send } = transport(404, JSON.stringify({ code: 'not-found', detail: {} }))
  await callRoute(send, 'scans.getSession', { params: { id: '../../healthz?x=' } }).catch(() => {})
  expect(sent[0]?.path).toBe('/api/v1/scans/sessions/..%2F..%2Fhealthz%3Fx%3D')
})

test('a body is sent as JSON', async () => {
  const { sent, send } = transport(200, JSON.stringify({ already: true }))
  const body = { hash: 'a'.repeat(64), bytes: 1, mediaType: 'image/jpeg' } as const
  expect(await callRoute(send, 'scans.uploadUrl', { body })).toEqual({ already: true })
  expect(sent[0]?.body).toBe(JSON.stringify(body))
})

test('the server’s own refusal arrives with its code and detail', async () => {
  const { send } = transport(
    409,
    JSON.stringify({ code: 'conflict.exists', detail: { sessionId: id }, requestId: 'r1' }),
  )
  await expect(callRoute(send, 'health.live', {})).rejects.toMatchObject({
    code: 'conflict.exists',
    detail: { sessionId: id },
  })
})

test.each([
  ['a proxy’s page with 200', 200, '<html>Please sign in to the hotel network</html>'],
  ['a proxy’s page with 403', 403, '<html>Blocked by policy</html>'],
  ['an empty answer', 200, ''],
  ['JSON of another shape', 200, '{"ok":false}'],
  ['a field more than agreed', 200, '{"ok":true,"extra":1}'],
  ['an error with a code nobody knows', 400, '{"code":"made.up","detail":{}}'],
  ['a redirect', 302, ''],
])('%s is not the server', async (_, status, text) => {
  const { send } = transport(status, text)
  await expect(callRoute(send, 'health.live', {})).rejects.toMatchObject({
    code: 'server.not-loupe',
    detail: { status },
  })
})

test('what names itself a page is not the server, whatever it holds', async () => {
  const page = async (contentType: string) => ({ status: 200, text: '{"ok":true}', contentType })
  await expect(callRoute(() => page('text/html'), 'health.live', {})).rejects.toMatchObject({
    code: 'server.not-loupe',
  })
  await expect(callRoute(() => page(''), 'health.live', {})).rejects.toMatchObject({ code: 'server.not-loupe' })
  expect(await callRoute(() => page('application/json; charset=utf-8'), 'health.live', {})).toEqual({ ok: true })
})

test.each([502, 503, 504])('a gateway’s own %d says that the server behind it is away', async (status) => {
  const { send } = transport(status, '<html>Bad gateway</html>')
  await expect(callRoute(send, 'health.live', {})).rejects.toMatchObject({
    code: 'server.unreachable',
    detail: { status },
  })
})

test('what the transport throws is passed on', async () => {
  const broken = new Error('socket hang up')
  await expect(callRoute(() => Promise.reject(broken), 'health.live', {})).rejects.toBe(broken)
})
