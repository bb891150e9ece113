import * as oidc from 'openid-client'
import { fetch as undiciFetch } from 'undici'
import { AppError } from '../../server/contract/errors.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import { failureOf, refuseForeign } from '../platform/server-failure.ts'

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

const ANSWER_WITHIN_S = 10
/** Below this openid-client's own tolerance and a person's patience do. */
const CLOCK_DIFFERS_MS = 5 * 60_000

/**
 * Code + PKCE + state + nonce. Plain http only for a provider on this very machine (the demonstration).
 * @throws AppError why the provider did not answer
 */
export async function discoverProvider(http: HttpsClient, info: SignInInfo): Promise<oidc.Configuration> {
  const issuer = new URL(info.issuer)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname)
  if (issuer.protocol !== 'https:' && !isLoopback) throw new AppError('auth.denied', { reason: 'issuer-without-tls' })
  const theirs = { aheadS: 0 }
  // undici's fetch with the client's own trust list; its Response is Node's own by another declaration.
  const trustedFetch = (async (url: string, options: object) => {
    const answer = await undiciFetch(url, { ...options, dispatcher: http.dispatcher, redirect: 'manual' })
    refuseForeign(answer.status, answer.headers.get('content-type') ?? '')
    theirs.aheadS = aheadOfUs(answer.headers)
    return answer
  }) as unknown as oidc.CustomFetch
  const options: oidc.DiscoveryRequestOptions = { [oidc.customFetch]: trustedFetch, timeout: ANSWER_WITHIN_S }
  if (issuer.protocol === 'http:') options.execute = [oidc.allowInsecureRequests]
  try {
    const config = await oidc.discovery(issuer, info.clientId, undefined, oidc.None(), options)
    return theirs.aheadS === 0 ? config : withTheirClock(config, info, theirs.aheadS)
  } catch (cause) {
    throw failureOf(cause, true)
  }
}

/**
 * What the provider signs is judged by its clock, and not by this computer's: one that is two days wrong would keep
 * everybody out. The time came over TLS from whoever signs.
 */
function withTheirClock(config: oidc.Configuration, info: SignInInfo, aheadS: number): oidc.Configuration {
  const metadata = { client_id: info.clientId, [oidc.clockSkew]: aheadS }
  const adjusted = new oidc.Configuration(config.serverMetadata(), info.clientId, metadata, oidc.None())
  const trustedFetch = config[oidc.customFetch]
  if (trustedFetch !== undefined) adjusted[oidc.customFetch] = trustedFetch
  adjusted.timeout = ANSWER_WITHIN_S
  if (new URL(info.issuer).protocol === 'http:') oidc.allowInsecureRequests(adjusted)
  return adjusted
}

/** Seconds; 0 when the two clocks agree well enough, or the answer does not say. */
function aheadOfUs(headers: { get(name: string): string | null }): number {
  const saidMs = Date.parse(headers.get('date') ?? '')
  const cachedForS = Number(headers.get('age') ?? 0)
  const aheadMs = saidMs + (Number.isFinite(cachedForS) ? cachedForS : 0) * 1000 - Date.now()
  return Number.isFinite(aheadMs) && Math.abs(aheadMs) > CLOCK_DIFFERS_MS ? Math.round(aheadMs / 1000) : 0
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

/** @throws AppError `auth.required` when the provider refuses (revoked, reused, expired); else why no answer came */
export async function refreshTokens(config: oidc.Configuration, info: SignInInfo, refresh: string): Promise<TokenSet> {
  try {
    const tokens = tokensOf(await oidc.refreshTokenGrant(config, refresh, { resource: info.audience }))
    return { ...tokens, refresh: tokens.refresh ?? refresh }
  } catch (cause) {
    const isVerdict = cause instanceof oidc.ResponseBodyError && cause.status < 500 && cause.status !== 429
    if (isVerdict) throw new AppError('auth.required', {}, { cause })
    throw failureOf(cause, true)
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
