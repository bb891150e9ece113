import { afterEach, expect, it, vi } from 'vitest'
import type { Bridge } from './contract/ipc.ts'
import { toWire } from './contract/preview-wire.ts'
import { installPreviewBridge } from './install-preview-bridge.ts'

afterEach(() => vi.unstubAllGlobals())

it('gives the window bytes where the preview sends bytes', async () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
  const reply = { ok: true, value: { fileName: 'x', bytes, count: 1 } }
  const body = toWire(reply, (part) => btoa(String.fromCharCode(...part)))
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { 'content-type': 'application/json' } }))
  vi.stubGlobal('WebSocket', class extends EventTarget {})
  const target = { location: { host: '127.0.0.1' } } as unknown as Window & { loupe: Bridge } // as much of one as it uses
  installPreviewBridge(target)
  expect(await target.loupe.call('outbox.export', { passphrase: 'of twelve letters' })).toEqual(reply)
})
