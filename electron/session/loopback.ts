import { createServer } from 'node:http'
import { AppError } from '../../server/contract/errors.ts'

export type Loopback = {
  readonly redirectUri: string
  close(): void
}
/** What the browser shows at the end. */
export type SignInOutcome = 'signed-in' | 'other-practice' | 'failed'

const SENTENCES: Readonly<Record<SignInOutcome, string>> = {
  'signed-in': 'You are signed in. You can close this page.',
  'other-practice': 'This computer holds the data of another practice. Nobody was signed in. You can close this page.',
  failed: 'Signing in did not work. Close this page and try again from Loupe.',
}
const CALLBACK = '/callback'

/**
 * Waits on 127.0.0.1 for the browser to come back. Answers one well-formed callback; everything else is not found.
 * @param finish exchanges the code and says what to show
 */
export async function listenForCallback(
  finish: (callback: URL) => Promise<SignInOutcome>,
  state: string,
): Promise<Loopback> {
  const used = { yes: false }
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'invalid'}`)
      const wellFormed =
        request.method === 'GET' &&
        url.hostname === '127.0.0.1' &&
        url.pathname === CALLBACK &&
        url.searchParams.get('state') === state
      if (!wellFormed || used.yes)
        return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
      used.yes = true
      const outcome = await finish(url)
      response
        .writeHead(outcome === 'signed-in' ? 200 : 400, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'",
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          connection: 'close',
        })
        .end(page(SENTENCES[outcome]))
      server.close()
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new AppError('internal', { reason: 'loopback-address' })
  return {
    redirectUri: `http://127.0.0.1:${address.port}${CALLBACK}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function page(sentence: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loupe</title></head><body><main><h1>Loupe</h1><p role="status">${sentence}</p></main></body></html>`
}
