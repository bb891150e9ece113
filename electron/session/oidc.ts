import * as oidc from 'openid-client'
import { fetch as undiciFetch } from 'undici'
import { AppError } from '../../server/contract/errors.ts'
import type { HttpsClient } from '../platform/https-client.ts'

export type SignInInfo = {
  readonly issuer: string
  readonly clientId: string
  readonly audience: string
  readonly scope: string
  readonly demo: boolean
}
export type TokenSet = {
  readonly access: string
  /** From now on, as the provider says. */
  readonly expiresInS: number
  readonly refresh: string | null
}
export type Flow = { readonly url: string; readonly verifier: string; readonly state: string; readonly nonce: string }

/** Code + PKCE + state + nonce. Plain http only for a provider on this very machine (the demonstration). */
export async function discoverProvider(http: HttpsClient, info: SignInInfo): Promise<oidc.Configuration> {
  const issuer = new URL(info.issuer)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname)
  if (issuer.protocol !== 'https:' && !isLoopback) throw new AppError('auth.denied', { reason: 'issuer-without-tls' })
  // undici's fetch with the client's own trust list; its Response is Node's own by another declaration.
  const trustedFetch = ((url: string, options: object) =>
    undiciFetch(url, { ...options, dispatcher: http.dispatcher, redirect: 'error' })) as unknown as oidc.CustomFetch
  const options: oidc.DiscoveryRequestOptions = { [oidc.customFetch]: trustedFetch, timeout: 15 }
  if (issuer.protocol === 'http:') options.execute = [oidc.allowInsecureRequests]
  return oidc.discovery(issuer, info.clientId, undefined, oidc.None(), options)
}

export async function beginFlow(
  config: oidc.Configuration,
  info: SignInInfo,
  redirectUri: string,
  state: string,
): Promise<Flow> {
  const verifier = oidc.randomPKCECodeVerifier()
  const nonce = oidc.randomNonce()
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: info.scope,
    resource: info.audience,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    // offline_access is given only when the person is asked for it; the demonstration's provider asks nothing
    ...(!info.demo && info.scope.split(' ').includes('offline_access') ? { prompt: 'consent' } : {}),
  })
  return { url: url.href, verifier, state, nonce }
}

export async function finishFlow(
  config: oidc.Configuration,
  info: SignInInfo,
  flow: Flow,
  callback: URL,
): Promise<TokenSet> {
  const checks = {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  }
  return tokensOf(await oidc.authorizationCodeGrant(config, callback, checks, { resource: info.audience }))
}

/** @throws AppError `auth.required` when the provider refuses (revoked, reused, expired); `server.unreachable` otherwise */
export async function refreshTokens(config: oidc.Configuration, info: SignInInfo, refresh: string): Promise<TokenSet> {
  try {
    const tokens = tokensOf(await oidc.refreshTokenGrant(config, refresh, { resource: info.audience }))
    return { ...tokens, refresh: tokens.refresh ?? refresh }
  } catch (cause) {
    const isVerdict = cause instanceof oidc.ResponseBodyError && cause.status < 500 && cause.status !== 429
    if (isVerdict) throw new AppError('auth.required', {}, { cause })
    throw new AppError('server.unreachable', {}, { cause })
  }
}

/** Nothing to do where the provider offers no revocation. */
export async function revokeToken(config: oidc.Configuration, token: string): Promise<void> {
  if (config.serverMetadata().revocation_endpoint === undefined) return
  await oidc.tokenRevocation(config, token)
}

export const randomState = oidc.randomState

function tokensOf(tokens: oidc.TokenEndpointResponse): TokenSet {
  return {
    access: tokens.access_token,
    expiresInS: tokens.expires_in ?? 300,
    refresh: tokens.refresh_token ?? null,
  }
}
