import type { EventEmitter } from 'node:events'
import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../contract/errors.ts'
import type { App } from '../app.ts'
import type { Principal } from '../handler.ts'

export const REQUEST_BODY_LIMIT_BYTES = 1024 * 1024

/** Calls per minute, and calls that are not answered to their end at one time. An intake of thousands of photos stays under `perPrincipal`; a runaway loop does not. */
export type Rates = {
  readonly perPrincipal: number
  readonly openPerAddress: number
  readonly failedSignInsPerAddress: number
  /** A workstation has fewer than ten. An answer that nobody reads is held in memory. */
  readonly atOncePerPrincipal: number
}
export const DEFAULT_RATES: Rates = {
  perPrincipal: 6000,
  openPerAddress: 6000,
  failedSignInsPerAddress: 60,
  atOncePerPrincipal: 64,
}

/** A request as the limits look at it, also one that asks for a socket and meets no route. */
export type Asking = Pick<FastifyRequest, 'ip' | 'principal'>

/** Each throws AppError `rate.limited` with `retryAfterS` once its budget of the minute is spent. */
export type RequestLimits = {
  countOpenCall(request: Asking): Promise<void>
  countCall(request: Asking, principal: Principal): Promise<void>
  /** Until `answer` has been read to its end, or its connection has ended. */
  holdPlace(principal: Principal, answer: EventEmitter): void
  /** Counts failures only, after the fact: one broken machine behind a practice's address locks nobody else out. */
  countFailedSignIn(request: Asking): Promise<void>
}

export async function addRequestLimits(app: App, rates: Rates): Promise<RequestLimits> {
  await app.register(rateLimit, { global: false })
  const timeWindow = 60_000
  const byAddress = (request: FastifyRequest) => request.ip
  const open = app.createRateLimit({ max: rates.openPerAddress, timeWindow, keyGenerator: byAddress })
  const failed = app.createRateLimit({ max: rates.failedSignInsPerAddress, timeWindow, keyGenerator: byAddress })
  const calls = app.createRateLimit({
    max: rates.perPrincipal,
    timeWindow,
    keyGenerator: (request) => (request.principal === undefined ? request.ip : keyOf(request.principal)),
  })
  const underWay = new Map<string, number>()
  return {
    holdPlace: (principal, answer) => {
      const key = keyOf(principal)
      const count = (underWay.get(key) ?? 0) + 1
      if (count > rates.atOncePerPrincipal) throw new AppError('rate.limited', { retryAfterS: 1 })
      underWay.set(key, count)
      answer.once('close', () => {
        const left = (underWay.get(key) ?? 1) - 1
        if (left === 0) underWay.delete(key)
        else underWay.set(key, left)
      })
    },
    countOpenCall: async (request) => refuseBeyond(await open(seenByPlugin(request))),
    countCall: async (request, principal) => {
      request.principal = principal
      refuseBeyond(await calls(seenByPlugin(request)))
    },
    countFailedSignIn: async (request) => refuseBeyond(await failed(seenByPlugin(request))),
  }
}

/** All that the plugin and the keys above read of a request. */
function seenByPlugin({ ip, principal }: Asking): FastifyRequest {
  return { ip, principal, routeOptions: {} } as FastifyRequest
}

type LimitAnswer = { isAllowed: true } | { isAllowed: false; isExceeded: boolean; ttlInSeconds: number }

function refuseBeyond(answer: LimitAnswer): void {
  if (!answer.isAllowed && answer.isExceeded) throw new AppError('rate.limited', { retryAfterS: answer.ttlInSeconds })
}

function keyOf(principal: Principal): string {
  return principal.kind === 'person' ? `person:${principal.personId}` : `intake:${principal.intakeKeyId}`
}
