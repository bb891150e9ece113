import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Admission =
  | { readonly kind: 'in' }
  /** The first visit with the token: remember the browser and drop the token from its address. */
  | { readonly kind: 'welcome'; readonly cookie: string; readonly location: string }
  | { readonly kind: 'refused'; readonly why: 'host' | 'origin' | 'token' }

export type Gate = { readonly token: string; admit(request: IncomingMessage): Admission }

/**
 * Lets in only the browser that opened the printed address. Host is compared against DNS rebinding, Origin against
 * other pages on this machine (a cookie knows no port, so a neighbour on 127.0.0.1 would send ours along).
 */
export function createGate(port: number): Gate {
  const token = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('base64url')
  const cookieName = `loupe_preview_${port}`
  const host = `127.0.0.1:${port}`

  const admit = (request: IncomingMessage): Admission => {
    if (request.headers.host !== host) return { kind: 'refused', why: 'host' }
    if (!isOwnOrigin(request, host)) return { kind: 'refused', why: 'origin' }
    const url = new URL(request.url ?? '/', `http://${host}`)
    const offered = url.searchParams.get('token')
    if (request.method === 'GET' && offered !== null) {
      if (!isSame(offered, token)) return { kind: 'refused', why: 'token' }
      url.searchParams.delete('token')
      return {
        kind: 'welcome',
        cookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
        location: `${url.pathname}${url.search}`,
      }
    }
    return isSame(readCookie(request, cookieName) ?? '', secret) ? { kind: 'in' } : { kind: 'refused', why: 'token' }
  }
  return { token, admit }
}

/** Reading a page may come without an Origin; anything that acts (a call, the event socket) must show ours. */
function isOwnOrigin(request: IncomingMessage, host: string): boolean {
  const { origin, upgrade } = request.headers
  if (origin !== undefined) return origin === `http://${host}`
  return (request.method === 'GET' || request.method === 'HEAD') && upgrade === undefined
}

function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

/** Hashed first: equal lengths for the comparison, whatever was offered. */
function isSame(offered: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(offered), digest(expected))
}
