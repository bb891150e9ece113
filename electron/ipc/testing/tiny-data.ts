import type { FromData, ToData } from '../../data/protocol.ts'

/**
 * A data process of a few lines that keeps to the protocol, for tests of the hosts: `sync.now` kills it, `settings.all`
 * is never answered, `queue.counts` announces first, and `app.state` carries its process id as version.
 */
function send(message: FromData): void {
  process.send?.(message)
}

const state = {
  phase: 'signed-out',
  keyGuard: 'keychain',
  account: null,
  signInExpired: false,
  problem: null,
  letGo: null,
  serverUrl: 'https://127.0.0.1:1',
  demo: true,
  version: String(process.pid),
}

process.on('message', (message: ToData) => {
  if (message.kind === 'power') return onPower(message.what)
  if (message.kind === 'photo') return onPhoto(message)
  onCall(message)
})
process.on('disconnect', () => process.exit(0))
if (process.argv.includes('--die-at-start')) process.exit(7)
send({ kind: 'ready' })

function onPower(what: 'lock' | 'shutdown'): void {
  if (what === 'shutdown') process.exit(0)
  send({ kind: 'event', name: 'app.state', body: { ...state, phase: 'locked' } })
}

function onPhoto({ id, hash }: Extract<ToData, { kind: 'photo' }>): void {
  const bytes = hash.startsWith('a') ? new Uint8Array([0xff, 0xd8, 0xff]) : null
  send({ kind: 'photo', id, bytes, mediaType: hash.startsWith('ab') ? 'text/html' : 'image/jpeg' })
}

function onCall({ id, name, input }: Extract<ToData, { kind: 'call' }>): void {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other call answers alike
  switch (name) {
    case 'sync.now':
      process.exit(3)
      break
    case 'settings.all':
      return
    case 'queue.counts':
      send({ kind: 'event', name: 'app.state', body: { nonsense: true } })
      send({ kind: 'event', name: 'photo.arrived', body: { hash: 'ff' } })
      return send({ kind: 'reply', id, reply: { ok: true, value: { nonsense: 1 } } })
    case 'session.signIn':
      return send({
        kind: 'reply',
        id,
        reply: { ok: true, value: { url: process.env['TINY_SIGN_IN'] ?? 'http://127.0.0.1:1/auth', opened: false } },
      })
    case 'import.stage': {
      const { bytes, name: file } = input as { bytes: Uint8Array; name: string } // parsed by the host
      const value = {
        hash: 'ab'.repeat(32),
        name: file,
        byteCount: bytes.byteLength,
        mediaType: null,
        refusal: null,
        guessedView: null,
      }
      return send({ kind: 'reply', id, reply: { ok: true, value } })
    }
    case 'app.unlock':
      return send({ kind: 'reply', id, reply: { ok: false, code: 'store.passphrase', detail: { tries: 1 } } })
    default:
      send({ kind: 'reply', id, reply: { ok: true, value: state } })
  }
}
