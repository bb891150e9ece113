import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import { createServerApi, type ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { dropSignedIn, findSignedIn, saveSignedIn, type SignedIn } from '../store/secrets/secrets.ts'
import { findPracticeId, savePracticeId } from '../store/sync-state/sync-state.ts'
import type { SignInOutcome } from './loopback.ts'
import { discoverProvider, refreshTokens, revokeToken, type TokenSet } from './oidc.ts'
import { createSignInFlow, type Provider } from './sign-in-flow.ts'

/** Renewed this long before it ends, so that a request does not meet the border. */
const RENEW_BEFORE_MS = 30_000
/** Locking must not take longer than a second in all. */
const CLOSE_WITHIN_MS = 500

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
  account(): SignedIn | undefined
  readonly isExpired: () => boolean
  /**
   * Their access token: another than `refused`, which the server does not take any more.
   * @throws AppError `auth.required` when that person is not signed in, or no longer
   */
  readonly tokenOf: (personId: string, refused: string | null) => Promise<string>
  /** Calls in that person's name and in nobody else's, however long they wait: `auth.required` as above. */
  readonly apiOf: (personId: string) => ServerApi
  /** @returns the address to open in the system's browser */
  signIn(): Promise<string>
  signOut(): void
  close(): Promise<void>
}

export function createSession(seams: SessionSeams): Session {
  const { db, http, serverUrl, clock, logger } = seams
  const anonymous = createServerApi(http, serverUrl, async () => null)
  const state = {
    signedIn: findSignedIn(db),
    expired: false,
    renewing: undefined as { readonly from: SignedIn['tokens']; readonly done: Promise<string | null> } | undefined,
    closed: false,
  }

  const provider = async (): Promise<Provider> => {
    const info = await anonymous.call('session.signInInfo', {})
    return { info, config: await discoverProvider(http, info) }
  }

  const keep = (signedIn: SignedIn) => {
    if (state.closed) throw new AppError('store.locked')
    write(db, (tx) => {
      savePracticeId(tx, signedIn.practice.id)
      saveSignedIn(tx, signedIn)
    })
    state.signedIn = signedIn
    state.expired = false
    seams.onChange()
  }

  /** One renewal of the same tokens: a rotated refresh token used twice counts as stolen. */
  const renew = (before: SignedIn): Promise<string | null> => {
    if (state.renewing?.from === before.tokens) return state.renewing.done
    const renewing = { from: before.tokens, done: renewOnce(before) }
    const clear = () => {
      if (state.renewing === renewing) state.renewing = undefined
    }
    renewing.done.then(clear, clear)
    state.renewing = renewing
    return renewing.done
  }
  const renewOnce = async (before: SignedIn): Promise<string | null> => {
    const isOver = () => state.signedIn?.tokens !== before.tokens // signed out, or somebody else, meanwhile
    try {
      if (before.tokens.refresh === null) return expire()
      const { config, info } = await provider()
      const tokens = storedTokens(await refreshTokens(config, info, before.tokens.refresh), clock.nowMs())
      if (isOver()) return null
      keep({ ...before, tokens })
      void followPerson(tokens.access)
      return tokens.access
    } catch (cause) {
      const error = AppError.from(cause)
      if (error.code !== 'auth.required') throw error
      return isOver() ? null : expire()
    }
  }
  /** Roles change while somebody is signed in: what they may see here follows within the life of one token. */
  const followPerson = async (access: string) => {
    try {
      const me = await createServerApi(http, serverUrl, async () => access).call('session.me', {})
      const { signedIn } = state
      if (signedIn?.person.id !== me.person.id || state.closed) return
      if (!isDeepStrictEqual(signedIn.person, me.person)) keep({ ...signedIn, person: me.person })
    } catch (cause) {
      logger.info('session.person-unknown', { code: AppError.from(cause).code }) // asked again with the next token
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

  const accessToken = async (refused: string | null): Promise<string | null> => {
    const { signedIn } = state
    if (signedIn === undefined || state.expired) return null
    const { access, accessExpiresAtMs } = signedIn.tokens
    // A refusal that comes late is of a token that another request has had renewed meanwhile.
    return access === refused || clock.nowMs() > accessExpiresAtMs - RENEW_BEFORE_MS ? renew(signedIn) : access
  }
  const tokenOf = async (personId: string, refused: string | null): Promise<string> => {
    const isTheirs = () => state.signedIn?.person.id === personId
    const token = isTheirs() ? await accessToken(refused) : null
    if (token === null || !isTheirs()) throw new AppError('auth.required') // asked again: a renewal takes its time
    return token
  }

  const admit = async ({ info }: Provider, grant: () => Promise<TokenSet>): Promise<SignInOutcome> => {
    try {
      const tokens = storedTokens(await grant(), clock.nowMs())
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
  const flow = createSignInFlow(admit)

  /** The provider forgets the token too, if it can be reached now; here it is gone either way. */
  const revoke = async (refresh: string) => {
    try {
      await revokeToken((await provider()).config, refresh)
    } catch (cause) {
      logger.info('session.not-revoked', { code: AppError.from(cause).code })
    }
  }

  return {
    account: () => state.signedIn,
    isExpired: () => state.expired,
    tokenOf,
    apiOf: (personId) => createServerApi(http, serverUrl, (refused) => tokenOf(personId, refused)),
    signIn: async () => flow.begin(await provider()),
    signOut: () => {
      const refresh = state.signedIn?.tokens.refresh
      write(db, dropSignedIn)
      state.signedIn = undefined
      state.expired = false
      seams.onChange()
      if (refresh != null) void revoke(refresh)
    },
    close: async () => {
      flow.stop()
      // A rotated refresh token that is not kept would count as stolen at its next use.
      const renewed = state.renewing?.done.catch(() => null)
      if (renewed !== undefined) await Promise.race([renewed, sleep(CLOSE_WITHIN_MS, null, { ref: false })])
      state.closed = true
    },
  }
}

function storedTokens(tokens: TokenSet, nowMs: number): SignedIn['tokens'] {
  return { access: tokens.access, accessExpiresAtMs: nowMs + tokens.expiresInS * 1000, refresh: tokens.refresh }
}
