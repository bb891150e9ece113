import { type Configuration, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { RawDatabase } from '../platform/database/database.ts'
import { problemPage } from './people-page.ts'
import { findDemoPerson } from './people.ts'
import type { ProviderKeys } from './provider-keys.ts'
import { createProviderStore } from './provider-store.ts'

const MINUTE_S = 60
const DAY_S = 86_400
export const SCOPE = 'openid offline_access'

export type ProviderOptions = {
  readonly db: RawDatabase
  readonly keys: ProviderKeys
  readonly clientId: string
  readonly audience: string
}

/** A native public client (PKCE, loopback redirect on any port), short JWT access tokens, rotated refresh tokens. */
export function providerConfiguration(options: ProviderOptions): Configuration {
  const { audience } = options
  return {
    adapter: (kind) => createProviderStore(options.db, kind),
    clients: [
      {
        client_id: options.clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback', 'http://127.0.0.1/'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: options.keys.jwks,
    cookies: { keys: [options.keys.cookieKey] },
    pkce: { required: () => true },
    scopes: SCOPE.split(' '),
    responseTypes: ['code'],
    clientBasedCORS: () => false,
    findAccount: (_context, subject) => {
      const person = findDemoPerson(subject)
      return person === undefined ? undefined : { accountId: subject, claims: () => ({ sub: subject }) }
    },
    loadExistingGrant: (context) => grantAtOnce(context, audience),
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    interactions: { policy: alwaysAskWho(), url: (_context, interaction) => `/people/${interaction.uid}` },
    renderError: (context) => {
      context.type = 'html'
      context.body = problemPage()
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 10 * MINUTE_S,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: {
      AccessToken: 10 * MINUTE_S,
      AuthorizationCode: MINUTE_S,
      IdToken: 10 * MINUTE_S,
      Interaction: 30 * MINUTE_S,
      Session: 30 * MINUTE_S,
      RefreshToken: 30 * DAY_S,
      Grant: 31 * DAY_S,
    },
  }
}

/** The page of people comes at every sign-in: whoever tries the demonstration wants to change roles. */
function alwaysAskWho(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  const check = new interactionPolicy.Check('choose_person', 'Choose a person', (context) =>
    context.oidc.result?.login === undefined
      ? interactionPolicy.Check.REQUEST_PROMPT
      : interactionPolicy.Check.NO_NEED_TO_PROMPT,
  )
  policy.get('login')?.checks.add(check)
  policy.get('consent')?.checks.remove('native_client_prompt') // the person was asked a moment ago
  return policy
}

/** No consent page: the workstation is the only client. A grant per sign-in, so that a stolen token ends that one alone. */
async function grantAtOnce(context: KoaContextWithOIDC, audience: string) {
  const { provider, client, session } = context.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(SCOPE)
  grant.addResourceScope(audience, '')
  await grant.save()
  return grant
}
