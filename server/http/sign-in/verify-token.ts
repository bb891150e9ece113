import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { Clock } from '../../platform/clock.ts'

/** @throws AppError `auth.required` for every token that is not good; `server.unreachable` when the issuer is silent */
export type VerifyToken = (token: string) => Promise<{ readonly issuer: string; readonly subject: string }>

/** Asymmetric only: with a symmetric one, whoever knows the "public" key could sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519']
const CLOCK_TOLERANCE_S = 5

export function createVerifyToken(options: {
  readonly issuer: string
  readonly audience: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
}): VerifyToken {
  return async (token) => {
    const payload = await verified(token, options)
    if (payload.sub === undefined || payload.sub === '') throw new AppError('auth.required')
    return { issuer: options.issuer, subject: payload.sub }
  }
}

async function verified(token: string, options: Parameters<typeof createVerifyToken>[0]): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, options.keys, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(options.clock.nowMs()),
    })
    return payload
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (cause instanceof errors.JOSEError) throw new AppError('auth.required', {}, { cause })
    throw new AppError('server.unreachable', {}, { cause }) // a key of the issuer's that cannot be used
  }
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })

/** Of what comes out of a search for a key, what the token itself is to blame for. */
const OF_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]

/**
 * The issuer's public keys: found through discovery at the first token, cached, fetched again when an unknown key
 * appears (at most every 30 s). Only the configured issuer is ever asked, never one that a token names.
 * @throws AppError `server.unreachable` when the keys do not come, or something else comes in their place
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined
  return async (header, token) => {
    found ??= discoverKeys(issuer)
    try {
      return await (await found)(header, token)
    } catch (cause) {
      if (OF_TOKEN.some((kind) => cause instanceof kind)) throw cause
      if (!(cause instanceof errors.JOSEError)) found = undefined // discovery failed: try again with the next token
      throw new AppError('server.unreachable', {}, { cause })
    }
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) })
  if (!answer.ok) throw new AppError('server.unreachable', { status: answer.status })
  const discovered = Discovery.parse(await answer.json())
  if (discovered.issuer !== issuer) throw new AppError('server.unreachable')
  // A provider without TLS is one on this machine (config.ts); any other's keys come as safely as what names them.
  if (issuer.startsWith('https:') && !discovered.jwks_uri.startsWith('https:')) throw new AppError('server.unreachable')
  return createRemoteJWKSet(new URL(discovered.jwks_uri), { timeoutDuration: 5000, cooldownDuration: 30_000 })
}
