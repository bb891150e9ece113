import type { RouteHandlers } from '../handler.ts'

export type SignInInfo = {
  readonly issuer: string
  readonly clientId: string
  readonly audience: string
  readonly demo: boolean
}

/** `offline_access` asks for the refresh token that lets a workstation sync overnight. */
const SCOPE = 'openid offline_access'

export function signInHandlers(info: SignInInfo): Pick<RouteHandlers, 'session.signInInfo'> {
  return { 'session.signInInfo': async () => ({ ...info, scope: SCOPE }) }
}
