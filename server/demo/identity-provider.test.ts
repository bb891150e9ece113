import { request } from 'node:http'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { silentLogger } from '../platform/logger.ts'
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'
import { DEMO_PRACTICES } from './people.ts'
import { getProviderKeys } from './provider-keys.ts'
import { chooseInBrowser, discover, signInAs } from './testing/sign-in.ts'

const audience = 'urn:loupe:api'
const clientId = 'loupe-workstation'
let database: TestDatabase
let provider: IdentityProvider

async function start(port: number): Promise<IdentityProvider> {
  const keys = await getProviderKeys(database.raw)
  const common = { db: database.raw, keys, clientId, audience, log: silentLogger }
  return startIdentityProvider({ ...common, serverHost: '127.0.0.1', port })
}
beforeAll(async () => {
  database = await createTestDatabase()
  provider = await start(0)
})
afterAll(async () => {
  await provider.close()
  await database.drop()
})

test('code and PKCE give a JWT for the audience of the server, verifiable by the published keys', async () => {
  const { client, tokens } = await signInAs(provider.issuer, 'alma.reyes')
  expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  expect(decodeJwt(tokens.access_token)).toMatchObject({ iss: provider.issuer, aud: audience, sub: 'alma.reyes' })
  expect(tokens.expires_in).toBeLessThanOrEqual(600)
  const { jwks_uri = '' } = client.serverMetadata()
  const verified = await jwtVerify(tokens.access_token, createRemoteJWKSet(new URL(jwks_uri)), { audience })
  expect(verified.payload.sub).toBe('alma.reyes')
  expect(decodeJwt(tokens.id_token ?? '').aud).toBe(clientId) // so it cannot pass for an access token
})

test('a refresh token is good once; using it again ends the sign-in, and no other', async () => {
  const { client, tokens } = await signInAs(provider.issuer, 'jonas.adler')
  const other = await signInAs(provider.issuer, 'jonas.adler')
  const first = tokens.refresh_token ?? ''
  const second = (await oidc.refreshTokenGrant(client, first)).refresh_token ?? ''
  expect(second).not.toBe(first)
  await expect(oidc.refreshTokenGrant(client, first)).rejects.toMatchObject({ error: 'invalid_grant' })
  await expect(oidc.refreshTokenGrant(client, second)).rejects.toMatchObject({ error: 'invalid_grant' })
  const kept = await oidc.refreshTokenGrant(client, other.tokens.refresh_token ?? '')
  expect(decodeJwt(kept.access_token).sub).toBe('jonas.adler')
})

test('a restart on the same port signs nobody out', async () => {
  const { client, tokens } = await signInAs(provider.issuer, 'priya.shah')
  await provider.close()
  provider = await start(provider.port)
  const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token ?? '')
  expect(decodeJwt(refreshed.access_token)).toMatchObject({ sub: 'priya.shah', aud: audience })
})

test('without PKCE there is no code', async () => {
  const client = await discover(provider.issuer, clientId)
  const url = oidc.buildAuthorizationUrl(client, { redirect_uri: 'http://127.0.0.1:5000/callback', scope: 'openid' })
  const back = await chooseInBrowser(url, 'alma.reyes')
  expect(back.searchParams.get('error')).toBe('invalid_request')
  expect(back.searchParams.has('code')).toBe(false)
})

test.each([
  { case: 'another machine', redirect: 'http://198.51.100.7/callback' },
  { case: 'another path', redirect: 'http://127.0.0.1:5000/elsewhere' },
])('a redirect to $case is refused', async ({ redirect }) => {
  const client = await discover(provider.issuer, clientId)
  const url = oidc.buildAuthorizationUrl(client, { redirect_uri: redirect, scope: 'openid' })
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(400)
  expect(await answer.text()).not.toContain(redirect)
})

test('somebody who is not on the page cannot be chosen', async () => {
  await expect(signInAs(provider.issuer, 'somebody.else')).rejects.toThrow(/400/)
})

test('the page lists every person as a button under their practice, without scripts', async () => {
  const client = await discover(provider.issuer, clientId)
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: 'http://127.0.0.1:5000/callback',
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  })
  const toPage = await fetch(url, { redirect: 'manual' })
  const cookie = toPage.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const page = await fetch(new URL(toPage.headers.get('location') ?? '', url), { headers: { cookie } })
  const html = await page.text()
  expect(html).toContain('<h1>Sign in to Loupe (demonstration)</h1>')
  expect(html).not.toMatch(/<script/i)
  for (const practice of DEMO_PRACTICES) {
    expect(html).toContain(practice.name)
    for (const person of practice.people) expect(html).toMatch(new RegExp(`<button[^>]*value="${person.subject}"`))
  }
})

test('a sign-in page opened by another browser is refused', async () => {
  const answer = await fetch(`${provider.issuer}/people/abcdefghij`)
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('This sign-in cannot go on')
})

test('another name for this address is refused', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const options = { port: provider.port, host: '127.0.0.1', headers: { host: `evil.example:${provider.port}` } }
  request(options, (answer) => {
    answer.resume()
    resolve(answer.statusCode ?? 0)
  })
    .on('error', reject)
    .end()
  expect(await promise).toBe(421)
})

test('it does not start for a server that others can reach', async () => {
  const keys = await getProviderKeys(database.raw)
  const options = { db: database.raw, keys, clientId, audience, log: silentLogger, port: 0 }
  await expect(startIdentityProvider({ ...options, serverHost: '0.0.0.0' })).rejects.toThrow(/loopback/)
})
