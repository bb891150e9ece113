import type { z } from 'zod'
import type { Role } from '../domain/roles.ts'

/**
 * Who may call a route. There is no default: a route without `who` does not compile, and the server
 * refuses to start on an empty list.
 * - `public`: nobody is signed in (health, sign-in discovery, documents)
 * - `presigned`: the address itself carries a short-lived signature
 * - `intake`: a practice's intake key
 * - a role: a signed-in person of the practice with at least one of the listed roles
 */
export type Who = readonly ['public'] | readonly ['presigned'] | readonly [...('intake' | Role)[]]

export type RouteSpec = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Fastify notation: `/api/v1/patients/:id`. */
  readonly path: `/${string}`
  readonly who: Who
  readonly summary: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly output: z.ZodType
  /** What the audit log calls a call of this route; null only where no patient data is touched. */
  readonly audit: string | null
  /** Body limit in bytes where it differs from 1 MiB. */
  readonly bodyLimitBytes?: number
  /** The body may hold text that the database cannot (a NUL, half a surrogate pair): the handler deals with it. Elsewhere it is refused. */
  readonly anyText?: true
  /** Where the caller names its PROTOCOL_VERSION (field `protocol`): a newer one is told so before anything else is read. */
  readonly protocolIn?: 'body' | 'query'
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined

/** What a handler receives: each part parsed. */
export type RouteInput<R extends RouteSpec> = {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
}
/** What a client sends. */
export type RouteRequest<R extends RouteSpec> = (R['params'] extends z.ZodType
  ? { params: Sent<R['params']> }
  : { params?: undefined }) &
  (R['query'] extends z.ZodType ? { query: Sent<R['query']> } : { query?: undefined }) &
  (R['body'] extends z.ZodType ? { body: Sent<R['body']> } : { body?: undefined })
export type RouteOutput<R extends RouteSpec> = z.output<R['output']>
