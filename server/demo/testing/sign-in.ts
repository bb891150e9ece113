import * as oidc from 'openid-client'
import { SCOPE } from '../provider-configuration.ts'

export type SignedIn = {
  readonly client: oidc.Configuration
  readonly tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers
}

/** What the workstation and the user's browser do together, without either: code + PKCE, choosing `subject`. */
export async function signInAs(issuer: string, subject: string, clientId = 'loupe-workstation'): Promise<SignedIn> {
  const client = await discover(issuer, clientId)
  const verifier = oidc.randomPKCECodeVerifier()
  const state = oidc.randomState()
  const start = oidc.buildAuthorizationUrl(client, {
    redirect_uri: 'http://127.0.0.1:49152/callback',
    scope: SCOPE,
    state,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const back = await chooseInBrowser(start, subject)
  const tokens = await oidc.authorizationCodeGrant(client, back, { pkceCodeVerifier: verifier, expectedState: state })
  return { client, tokens }
}

export function discover(issuer: string, clientId: string): Promise<oidc.Configuration> {
  const execute = { execute: [oidc.allowInsecureRequests] } // loopback only
  return oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), execute)
}

/** Follows redirects with cookies, presses the person's button, and stops at the workstation's own address. */
export async function chooseInBrowser(start: URL, subject: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next: { url: URL; form?: URLSearchParams } = { url: start }
  for (let hop = 0; hop < 10; hop += 1) {
    const answer = await visit(next.url, next.form, cookies)
    const location = answer.headers.get('location')
    if (location === null) {
      if (next.form !== undefined || answer.status !== 200) throw new Error(`Sign-in stopped with ${answer.status}`)
      next = { url: next.url, form: new URLSearchParams({ person: subject }) }
      continue
    }
    next = { url: new URL(location, next.url) }
    if (next.url.origin !== start.origin) return next.url
  }
  throw new Error('Too many redirects')
}

async function visit(url: URL, form: URLSearchParams | undefined, cookies: Map<string, string>): Promise<Response> {
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  const sent = form === undefined ? { headers } : { headers, method: 'POST', body: form }
  const answer = await fetch(url, { ...sent, redirect: 'manual' })
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    cookies.set(name, value)
  }
  return answer
}
