import { callOf, readAnswer } from '../../server/contract/api/call.ts'
import type { RouteOutput, RouteRequest } from '../../server/contract/api/route.ts'
import type { ROUTES, RouteName } from '../../server/contract/api/routes.ts'
import { AppError } from '../../server/contract/errors.ts'
import { ACCEPTED_ENCODINGS } from './unpack-answer.ts'
import type { HttpsClient } from './https-client.ts'
import { textOf } from './text-of.ts'

/** A whole answer, on a slow line; silence ends it much earlier. */
const ANSWER_WITHIN_MS = 300_000
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** The access token to send, another than the one that the server has refused. Null: ask without. */
export type Bearer = (refused: string | null) => Promise<string | null>

/** An answer as it came: its bytes are not read yet. */
export type UnreadAnswer = { readonly status: number; readonly body: Uint8Array; readonly contentType: string }

export type ServerApi = {
  call<N extends RouteName>(
    name: N,
    request: RouteRequest<(typeof ROUTES)[N]>,
  ): Promise<RouteOutput<(typeof ROUTES)[N]>>
  /** The same, with somebody else to read the answer: a large one, in a thread of its own. */
  callUnread?<N extends RouteName, T>(
    name: N,
    request: RouteRequest<(typeof ROUTES)[N]>,
    read: (answer: UnreadAnswer) => Promise<T>,
  ): Promise<T>
}

/** Calls routes of the table; an expired token is renewed once and the call repeated. */
export function createServerApi(
  http: HttpsClient,
  serverUrl: string,
  bearer: Bearer,
  timeoutMs = ANSWER_WITHIN_MS,
): ServerApi {
  const once = async <N extends RouteName, T>(
    name: N,
    request: RouteRequest<(typeof ROUTES)[N]>,
    token: string | null,
    read: (answer: UnreadAnswer) => Promise<T> | T,
  ): Promise<T> => {
    const { method, path, body } = callOf(name, request)
    const answer = await http.send({
      method: method as 'GET', // the table's methods are exactly those of HttpRequest
      url: new URL(path, serverUrl).href,
      headers: {
        'accept-encoding': ACCEPTED_ENCODINGS,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs,
    })
    const type = answer.headers['content-type']
    return read({ status: answer.status, body: answer.body, contentType: typeof type === 'string' ? type : '' })
  }
  const callUnread: NonNullable<ServerApi['callUnread']> = async (name, request, read) => {
    const token = await bearer(null)
    try {
      return await once(name, request, token, read)
    } catch (cause) {
      if (token === null || !(cause instanceof AppError) || cause.code !== 'auth.required') throw cause
      const renewed = await bearer(token)
      if (renewed === null) throw cause
      return once(name, request, renewed, read)
    }
  }
  return {
    callUnread,
    call: (name, request) =>
      callUnread(name, request, async ({ status, body, contentType }) =>
        readAnswer(name, { status, text: textOf(body), contentType }),
      ),
  }
}
