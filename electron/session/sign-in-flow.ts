import type * as oidc from 'openid-client'
import { listenForCallback, type Loopback, type SignInOutcome } from './loopback.ts'
import { beginFlow, type Flow, finishFlow, randomState, type SignInInfo, type TokenSet } from './oidc.ts'

const SIGN_IN_WITHIN_MS = 10 * 60_000

export type Provider = { readonly info: SignInInfo; readonly config: oidc.Configuration }
export type SignInFlow = {
  /** @returns the address to open in the system's browser; an earlier flow that is still open ends */
  begin(provider: Provider): Promise<string>
  stop(): void
}

/** @param admit what the browser shows: whether these tokens sign somebody in here */
export function createSignInFlow(
  admit: (provider: Provider, tokens: () => Promise<TokenSet>) => Promise<SignInOutcome>,
): SignInFlow {
  const state = { loopback: undefined as Loopback | undefined, timer: undefined as NodeJS.Timeout | undefined }
  const stop = () => {
    clearTimeout(state.timer)
    state.loopback?.close()
    state.loopback = undefined
  }
  return {
    stop,
    begin: async (provider) => {
      const { config, info } = provider
      stop()
      const flow = Promise.withResolvers<Flow>()
      const stateToken = randomState()
      const loopback = await listenForCallback(
        (callback) => admit(provider, async () => finishFlow(config, info, await flow.promise, callback)),
        stateToken,
      )
      state.loopback = loopback
      state.timer = setTimeout(stop, SIGN_IN_WITHIN_MS).unref()
      const begun = await beginFlow(config, info, loopback.redirectUri, stateToken)
      flow.resolve(begun)
      return begun.url
    },
  }
}
