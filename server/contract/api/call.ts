import { z } from 'zod'
import { AppError, ERROR_CODES } from '../errors.ts'
import { codeOfOlderServer } from './older-server.ts'
import type { RouteOutput, RouteRequest, RouteSpec } from './route.ts'
import { ROUTES, type RouteName } from './routes.ts'

/** What every error answer looks like. */
export const ErrorBody = z.object({
  code: z.enum(ERROR_CODES),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  requestId: z.string().optional(),
})

export type RouteAnswer = {
  readonly status: number
  readonly text: string
  /** As the answer names it; not checked where the caller does not know. */
  readonly contentType?: string | undefined
}
export type RouteCall = { readonly method: string; readonly path: string; readonly body: string | undefined }
/** How the bytes travel is the caller's business: this module only builds requests and parses answers. */
export type Transport = (request: RouteCall) => Promise<RouteAnswer>

/** Calls a route by its name in the table. @throws AppError as {@link readAnswer}; whatever the transport throws. */
export async function callRoute<N extends RouteName>(
  transport: Transport,
  name: N,
  request: RouteRequest<(typeof ROUTES)[N]>,
): Promise<RouteOutput<(typeof ROUTES)[N]>> {
  return readAnswer(name, await transport(callOf(name, request)))
}

export function callOf<N extends RouteName>(name: N, request: RouteRequest<(typeof ROUTES)[N]>): RouteCall {
  const spec: RouteSpec = ROUTES[name]
  const body = request.body === undefined ? undefined : JSON.stringify(request.body)
  return { method: spec.method, path: pathOf(spec, request), body }
}

/**
 * What a route's answer says.
 * @throws AppError the server's own code; `server.not-loupe` when the answer is not the server's (a page with 200, a
 *   broken body); `server.unreachable` when a gateway says that the server is away
 */
export function readAnswer<N extends RouteName>(name: N, answer: RouteAnswer): RouteOutput<(typeof ROUTES)[N]> {
  const spec: RouteSpec = ROUTES[name]
  const json = isJson(answer.contentType) ? parseJson(answer.text) : undefined
  if (answer.status >= 200 && answer.status < 300) {
    const output = spec.output.safeParse(json)
    if (!output.success)
      throw new AppError('server.not-loupe', { status: answer.status, route: name }, { cause: output.error })
    return output.data as RouteOutput<(typeof ROUTES)[N]>
  }
  const error = ErrorBody.safeParse(json)
  if (error.success) {
    const { code, detail } = error.data
    throw new AppError(codeOfOlderServer(spec, code, detail), detail)
  }
  throw new AppError(GATEWAY_STATUSES.has(answer.status) ? 'server.unreachable' : 'server.not-loupe', {
    status: answer.status,
    route: name,
  })
}

/** A gateway's own word about the server behind it: nobody needs to mend the network. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504])

function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || /^\s*application\/json\b/i.test(contentType)
}

function pathOf(spec: RouteSpec, request: { params?: unknown; query?: unknown }): string {
  const params = (request.params ?? {}) as Record<string, unknown>
  const path = spec.path.replace(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = Object.entries((request.query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return search === '' ? path : `${path}?${search}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON: the caller treats it as an answer that is not the server's
  }
}
