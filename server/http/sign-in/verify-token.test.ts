import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../platform/clock.ts'
import { createVerifyToken, issuerKeys, type VerifyToken } from './verify-token.ts'

const audience = 'urn:loupe:api'
const keys = await generateKeyPair('RS256')
const strangers = await generateKeyPair('RS256')
let provider: Server
let issuer: string
let isUp = true
let keySet: 'good' | 'busy' | 'a page' | 'no keys' = 'good'
let verify: VerifyToken

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  provider = createServer((request, response) => {
    if (!isUp) {
      response.writeHead(503).end()
      return
    }
    const isDiscovery = request.url === '/.well-known/openid-configuration'
    if (!isDiscovery && keySet === 'busy') {
      response.writeHead(503).end()
      return
    }
    const keySetText = { 'a page': '<html>', 'no keys': '{}' }[keySet as string] ?? JSON.stringify({ keys: [jwk] })
    response.end(isDiscovery ? JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }) : keySetText)
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  verify = createVerifyToken({ issuer, audience, keys: issuerKeys(issuer), clock: systemClock })
})
afterAll(() => {
  provider.close()
})

type Claims = { iss?: string; aud?: string | undefined; sub?: string | undefined; exp?: string | number; iat?: number }
function token(claims: Claims = {}, header: { alg?: string; kid?: string } = {}): SignJWT {
  const { iss = issuer, aud = audience, sub = 'alma.reyes', exp = '5m', iat } = claims
  const jwt = new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .setIssuer(iss)
    .setIssuedAt(iat)
  jwt.setExpirationTime(exp)
  if (!('aud' in claims && claims.aud === undefined)) jwt.setAudience(aud)
  if (!('sub' in claims && claims.sub === undefined)) jwt.setSubject(sub)
  return jwt
}
const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

test('a good token names its account', async () => {
  expect(await verify(await token().sign(keys.privateKey))).toEqual({ issuer, subject: 'alma.reyes' })
})

describe('refused', () => {
  test.each([
    { case: 'from another issuer', make: () => token({ iss: 'https://elsewhere.example' }).sign(keys.privateKey) },
    { case: 'for another audience', make: () => token({ aud: 'loupe-workstation' }).sign(keys.privateKey) },
    { case: 'without an audience', make: () => token({ aud: undefined }).sign(keys.privateKey) },
    { case: 'without a subject', make: () => token({ sub: undefined }).sign(keys.privateKey) },
    { case: 'with an empty subject', make: () => token({ sub: '' }).sign(keys.privateKey) },
    { case: 'expired', make: () => token({ exp: secondsFromNow(-60) }).sign(keys.privateKey) },
    { case: 'signed by a stranger', make: () => token().sign(strangers.privateKey) },
    { case: 'signed by an unknown key', make: () => token({}, { kid: 'k2' }).sign(strangers.privateKey) },
    {
      case: 'unsigned',
      make: async () =>
        new UnsecuredJWT({})
          .setIssuer(issuer)
          .setAudience(audience)
          .setSubject('a')
          .setExpirationTime('5m')
          .setIssuedAt()
          .encode(),
    },
    {
      case: 'signed with the public key as a shared secret',
      make: async () =>
        token({}, { alg: 'HS256' }).sign(new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))),
    },
    { case: 'not a token at all', make: async () => 'x.y.z' },
  ])('$case', async ({ make }) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: 'auth.required' })
  })

  test('with its contents changed', async () => {
    const [header, payload, signature] = (await token().sign(keys.privateKey)).split('.')
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'marta.lind' })).toString('base64url')
    await expect(verify([header, forged, signature].join('.'))).rejects.toMatchObject({ code: 'auth.required' })
  })
})

test('a silent issuer is no reason to call a token bad, and is asked again', async () => {
  const fresh = createVerifyToken({ issuer, audience, keys: issuerKeys(issuer), clock: systemClock })
  const good = await token().sign(keys.privateKey)
  isUp = false
  await expect(fresh(good)).rejects.toMatchObject({ code: 'server.unreachable' })
  isUp = true
  expect(await fresh(good)).toMatchObject({ subject: 'alma.reyes' })
})

test('an issuer that cannot give its keys is no reason to call a token bad, and is asked again', async () => {
  const fresh = createVerifyToken({ issuer, audience, keys: issuerKeys(issuer), clock: systemClock })
  const good = await token().sign(keys.privateKey)
  for (const answer of ['busy', 'a page', 'no keys'] as const) {
    keySet = answer
    await expect(fresh(good), answer).rejects.toMatchObject({ code: 'server.unreachable' })
  }
  keySet = 'good'
  expect(await fresh(good)).toMatchObject({ subject: 'alma.reyes' })
})

test('keys that anybody on the way could replace are not fetched', async () => {
  const secure = 'https://id.example'
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const fetched: string[] = []
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { url } = new Request(input)
    fetched.push(url)
    const isDiscovery = url.endsWith('openid-configuration')
    return Response.json(isDiscovery ? { issuer: secure, jwks_uri: 'http://id.example/jwks' } : { keys: [jwk] })
  })
  const fresh = createVerifyToken({ issuer: secure, audience, keys: issuerKeys(secure), clock: systemClock })
  const good = await token({ iss: secure }).sign(keys.privateKey)
  await expect(fresh(good)).rejects.toMatchObject({ code: 'server.unreachable' })
  expect(fetched).toEqual(['https://id.example/.well-known/openid-configuration'])
  fetching.mockRestore()
})
