import { callRoute } from '../../server/contract/api/call.ts'
import type { RouteOutput, RouteRequest } from '../../server/contract/api/route.ts'
import type { ROUTES, RouteName } from '../../server/contract/api/routes.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { HttpsClient } from './https-client.ts'

/** A whole answer, on a slow line; silence ends it much earlier. */
const ANSWER_WITHIN_MS = 300_000
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** The access token to send; `renew` after the server refused the one before. Null: ask without. */
export type Bearer = (renew: boolean) => Promise<string | null>

export type ServerApi = {
  call<N extends RouteName>(
    name: N,
    request: RouteRequest<(typeof ROUTES)[N]>,
  ): Promise<RouteOutput<(typeof ROUTES)[N]>>
}

/** Calls routes of the table; an expired token is renewed once and the call repeated. */
export function createServerApi(
  http: HttpsClient,
  serverUrl: string,
  bearer: Bearer,
  timeoutMs = ANSWER_WITHIN_MS,
): ServerApi {
  const once = async <N extends RouteName>(
    name: N,
    request: RouteRequest<(typeof ROUTES)[N]>,
    token: string | null,
  ): Promise<RouteOutput<(typeof ROUTES)[N]>> =>
    callRoute(
      async ({ method, path, body }) => {
        const answer = await http.send({
          method: method as 'GET', // the table's methods are exactly those of HttpRequest
          url: new URL(path, serverUrl).href,
          headers: {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body }),
          maxBytes: MAX_ANSWER_BYTES,
          timeoutMs,
        })
        const type = answer.headers['content-type']
        return {
          status: answer.status,
          text: answer.body.toString('utf8'),
          contentType: typeof type === 'string' ? type : '',
        }
      },
      name,
      request,
    )
  return {
    call: async (name, request) => {
      try {
        return await once(name, request, await bearer(false))
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code !== 'auth.required') throw cause
        const renewed = await bearer(true)
        if (renewed === null) throw cause
        return once(name, request, renewed)
      }
    },
  }
}
