import { PREVIEW_PATHS } from './contract/channels.ts'
import type { Bridge, EventName, Reply } from './contract/ipc.ts'
import { fromWire, toWire } from './contract/preview-wire.ts'
import { subscribe } from './electron-bridge.ts'

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5000
/** After a gap in the events the window is told afresh what it may have missed. */
const REANNOUNCED = ['app.state', 'sync.status'] as const
const UNAVAILABLE: Reply = { ok: false, code: 'internal', detail: { reason: 'preview-stopped' } }

type Listeners = Map<unknown, Set<(body: unknown) => void>>

/** `window.loupe` over fetch and a WebSocket to the preview that served this page. */
export function installPreviewBridge(target: Window): void {
  const listeners: Listeners = new Map()
  const announce = (name: unknown, body: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(body)
  }
  const bridge: Bridge = {
    host: 'preview',
    call: (name, input) => postCall(name, input),
    on: (event, listener) => subscribe(listeners, event, listener),
    photoUrl: (hash, size) => `${PREVIEW_PATHS.photo}/${encodeURIComponent(hash)}/${encodeURIComponent(size)}`,
  }
  Object.defineProperty(target, 'loupe', { value: Object.freeze(bridge) })
  connect(target, announce, 0)
}

async function postCall(name: string, input: unknown): Promise<Reply> {
  try {
    const response = await fetch(`${PREVIEW_PATHS.call}/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: toWire(input, toBase64),
    })
    return fromWire(await response.json(), fromBase64) as Reply // the preview answers every call path with a Reply
  } catch {
    return UNAVAILABLE // the preview is gone: the screen shows its own failed state
  }
}

function connect(target: Window, announce: (name: unknown, body: unknown) => void, failures: number): void {
  const socket = new WebSocket(`ws://${target.location.host}${PREVIEW_PATHS.events}`)
  const progress = { failures }
  socket.addEventListener('open', () => {
    if (progress.failures > 0) void reannounce(announce)
    progress.failures = 0
  })
  socket.addEventListener('message', (message: MessageEvent<string>) => {
    const { name, body } = JSON.parse(message.data) as { name: EventName; body: unknown } // sent by the preview alone
    announce(name, body)
  })
  socket.addEventListener('close', () => {
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** progress.failures)
    target.setTimeout(() => connect(target, announce, progress.failures + 1), waitMs)
  })
}

async function reannounce(announce: (name: unknown, body: unknown) => void): Promise<void> {
  for (const name of REANNOUNCED) {
    const reply = await postCall(name, null)
    if (reply.ok) announce(name, reply.value)
  }
  announce('store.changed', { patients: true, sessions: true, reads: true })
}

/** In pieces: `String.fromCharCode` takes its bytes as arguments, and a photo has millions. */
function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  }
  return btoa(pieces.join(''))
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
