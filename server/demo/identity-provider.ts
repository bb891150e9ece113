import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Provider } from 'oidc-provider'
import { isLoopback } from '../platform/config.ts'
import type { Logger } from '../platform/logger.ts'
import { peoplePage, problemPage, STYLESHEET, STYLESHEET_PATH } from './people-page.ts'
import { findDemoPerson } from './people.ts'
import { type ProviderOptions, providerConfiguration } from './provider-configuration.ts'
import { dropExpired } from './provider-store.ts'

const HOST = '127.0.0.1'
/** A form with one field: anything longer is not ours. */
const MAX_FORM_BYTES = 2048

export type IdentityProvider = { readonly issuer: string; readonly port: number; close(): Promise<void> }

/**
 * A real OpenID provider whose accounts need no password, hence bound to loopback only. Plain HTTP, because the
 * user's own browser does not trust the demonstration's certificate authority (docs/decisions/0002).
 * @param options.port 0, or the one of the last start: the issuer's name contains it
 */
export async function startIdentityProvider(
  options: Omit<ProviderOptions, 'issuer'> & {
    readonly serverHost: string
    readonly port: number
    readonly log: Logger
  },
): Promise<IdentityProvider> {
  if (!isLoopback(options.serverHost)) throw new Error('The demonstration provider serves a loopback host only')
  const server = createServer()
  const port = await listen(server, options.port)
  const issuer = `http://${HOST}:${port}`
  await dropExpired(options.db)
  const provider = new Provider(issuer, providerConfiguration(options))
  provider.on('server_error', (_context, cause) => options.log.error('provider.failed', cause))
  const answerProtocol = provider.callback()
  server.on('request', (request, response) => {
    answer(provider, issuer, answerProtocol, request, response).catch((cause: unknown) => {
      options.log.error('provider.page-failed', cause)
      if (response.headersSent) response.destroy()
      else sendPage(response, 400, problemPage())
    })
  })
  return { issuer, port, close: () => closeServer(server) }
}

async function answer(
  provider: Provider,
  issuer: string,
  answerProtocol: ReturnType<Provider['callback']>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page elsewhere can point a name of its own at 127.0.0.1; it cannot make the browser send our Host.
  if (`http://${request.headers.host}` !== issuer) return sendPage(response, 421, problemPage())
  const { pathname } = new URL(request.url ?? '/', issuer)
  if (pathname === STYLESHEET_PATH) return send(response, 200, 'text/css; charset=utf-8', STYLESHEET)
  if (!/^\/people\/[\w-]{1,64}$/.test(pathname)) return answerProtocol(request, response)
  await provider.interactionDetails(request, response) // throws unless this browser began this sign-in
  if (request.method !== 'POST') return sendPage(response, 200, peoplePage())
  const person = findDemoPerson(await chosenSubject(request))
  if (person === undefined) return sendPage(response, 400, problemPage())
  await provider.interactionFinished(request, response, { login: { accountId: person.subject } })
}

async function chosenSubject(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > MAX_FORM_BYTES) return ''
  return new URLSearchParams(await text(request)).get('person') ?? ''
}

/** Browsers hold the redirects that follow a form to `form-action` as well: the workstation listens on any port. */
const POLICY = `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http://${HOST}:*; base-uri 'none'; frame-ancestors 'none'`

function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

async function listen(server: Server, wanted: number): Promise<number> {
  const attempt = (port: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port) // a TCP server that listens has a port
    })
    return promise
  }
  try {
    return await attempt(wanted)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    return attempt(0) // the old port is taken: everybody signs in again, under the new issuer's name
  }
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
