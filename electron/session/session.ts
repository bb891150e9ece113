import type { Database } from 'better-sqlite3'
import type * as oidc from 'openid-client'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import { write } from '../store/db.ts'
import { dropSignedIn, findSignedIn, saveSignedIn, type SignedIn } from '../store/secrets/secrets.ts'
import { findPracticeId, savePracticeId } from '../store/sync-state/sync-state.ts'
import { listenForCallback, type Loopback, type SignInOutcome } from './loopback.ts'
import {
  beginFlow,
  discoverProvider,
  type Flow,
  finishFlow,
  randomState,
  refreshTokens,
  type SignInInfo,
  type TokenSet,
} from './oidc.ts'
import { createServerApi, type ServerApi } from '../platform/server-api.ts'

/** Renewed this long before it ends, so that a request does not meet the border. */
const RENEW_BEFORE_MS = 30_000
const SIGN_IN_WITHIN_MS = 10 * 60_000

export type SessionSeams = {
  readonly db: Database
  readonly http: HttpsClient
  readonly serverUrl: string
  readonly clock: Clock
  readonly logger: Logger
  /** Somebody signed in or out, or the sign-in ended. */
  readonly onChange: () => void
}
export type Session = {
  readonly api: ServerApi
  account(): SignedIn | undefined
  readonly isExpired: () => boolean
  readonly accessToken: () => Promise<string | null>
  /** @returns the address to open in the system's browser */
  signIn(): Promise<string>
  signOut(): void
  close(): void
}

export function createSession(seams: SessionSeams): Session {
  const { db, http, serverUrl, clock, logger } = seams
  const anonymous = createServerApi(http, serverUrl, async () => null)
  const state = {
    signedIn: findSignedIn(db),
    expired: false,
    renewing: undefined as Promise<string | null> | undefined,
    loopback: undefined as Loopback | undefined,
    timer: undefined as NodeJS.Timeout | undefined,
    closed: false,
  }

  const provider = async (): Promise<{ info: SignInInfo; config: oidc.Configuration }> => {
    const info = await anonymous.call('session.signInInfo', {})
    try {
      return { info, config: await discoverProvider(http, info) }
    } catch (cause) {
      throw cause instanceof AppError ? cause : new AppError('server.unreachable', { reason: 'provider' }, { cause })
    }
  }

  const keep = (signedIn: SignedIn) => {
    if (state.closed) return
    write(db, (tx) => {
      savePracticeId(tx, signedIn.practice.id)
      saveSignedIn(tx, signedIn)
    })
    state.signedIn = signedIn
    state.expired = false
    seams.onChange()
  }

  /** One renewal at a time: a rotated refresh token used twice counts as stolen. */
  const renew = (): Promise<string | null> => {
    state.renewing ??= renewOnce().finally(() => (state.renewing = undefined))
    return state.renewing
  }
  const renewOnce = async (): Promise<string | null> => {
    const before = state.signedIn
    if (before === undefined) return null
    if (before.tokens.refresh === null) return expire()
    try {
      const { config, info } = await provider()
      const tokens = storedTokens(await refreshTokens(config, info, before.tokens.refresh), clock.nowMs())
      if (state.signedIn?.tokens !== before.tokens) return null // signed out, or somebody else, meanwhile
      keep({ ...before, tokens })
      return tokens.access
    } catch (cause) {
      const error = AppError.from(cause)
      if (error.code !== 'auth.required') throw error
      return expire()
    }
  }
  const expire = (): null => {
    if (!state.expired) {
      state.expired = true
      logger.info('session.expired')
      seams.onChange()
    }
    return null
  }

  const accessToken = async (again = false): Promise<string | null> => {
    const tokens = state.signedIn?.tokens
    if (tokens === undefined) return null
    if (state.expired) return null
    return again || clock.nowMs() > tokens.accessExpiresAtMs - RENEW_BEFORE_MS ? renew() : tokens.access
  }

  const finish = async (
    config: oidc.Configuration,
    info: SignInInfo,
    flow: Flow,
    callback: URL,
  ): Promise<SignInOutcome> => {
    try {
      const tokens = storedTokens(await finishFlow(config, info, flow, callback), clock.nowMs())
      const me = await createServerApi(http, serverUrl, async () => tokens.access).call('session.me', {})
      const bound = findPracticeId(db)
      if (bound !== undefined && bound !== me.practice.id) return 'other-practice'
      keep({ person: me.person, practice: me.practice, demo: info.demo, tokens })
      return 'signed-in'
    } catch (cause) {
      logger.warn('session.sign-in-failed', { code: AppError.from(cause).code })
      return 'failed'
    }
  }

  const stopListening = () => {
    clearTimeout(state.timer)
    state.loopback?.close()
    state.loopback = undefined
  }

  return {
    api: createServerApi(http, serverUrl, accessToken),
    account: () => state.signedIn,
    isExpired: () => state.expired,
    accessToken: () => accessToken(),
    signIn: async () => {
      const { config, info } = await provider()
      stopListening()
      const flow = Promise.withResolvers<Flow>()
      const stateToken = randomState()
      const loopback = await listenForCallback(
        async (callback) => finish(config, info, await flow.promise, callback),
        stateToken,
      )
      state.loopback = loopback
      state.timer = setTimeout(stopListening, SIGN_IN_WITHIN_MS).unref()
      const begun = await beginFlow(config, info, loopback.redirectUri, stateToken)
      flow.resolve(begun)
      return begun.url
    },
    signOut: () => {
      write(db, dropSignedIn)
      state.signedIn = undefined
      state.expired = false
      seams.onChange()
    },
    close: () => {
      state.closed = true
      stopListening()
    },
  }
}

function storedTokens(tokens: TokenSet, nowMs: number): SignedIn['tokens'] {
  return { access: tokens.access, accessExpiresAtMs: nowMs + tokens.expiresInS * 1000, refresh: tokens.refresh }
}
