import type { Server } from 'node:https'
import type { FastifyInstance } from 'fastify'
import type { Principal } from './handler.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the sign-in hook of each guarded route, before the body is read. */
    principal: Principal | undefined
  }
}

export type App = FastifyInstance<Server>
