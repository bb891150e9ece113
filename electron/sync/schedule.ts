import type { SyncStatus } from '../../preload/contract/app-state.ts'
import type { AppError, ErrorCode } from '../../server/contract/errors.ts'
import { backoffMs } from '../platform/backoff.ts'
import { isNoAnswer } from '../platform/server-failure.ts'

export const POLL_MS = 60_000
export const POLL_SOCKET_DOWN_MS = 15_000
const FIRST_WAIT_MS = 1000
const LAST_WAIT_MS = 60_000

/** How the last talk with the server ended. */
export type Link = Pick<SyncStatus, 'connection' | 'reason'>

/** Time alone mends these; everything else takes a person, who is told why nothing goes. */
const SILENCE: ReadonlySet<ErrorCode> = new Set(['server.unreachable', 'server.silent', 'server.busy'])

export function linkAfter({ code }: AppError): Link {
  return { connection: SILENCE.has(code) ? 'offline' : 'refused', reason: code }
}

/** Nobody knows whether the server is there: ask before sending, for what is sent can no longer be taken back. */
export function isLineDown({ connection, reason }: Link): boolean {
  return connection === 'offline' || (reason !== null && isNoAnswer(reason))
}

/** When the next cycle runs of itself. A server that nobody can reach is not spared by waiting longer than the poll. */
export function nextWaitMs(now: {
  readonly failures: number
  readonly link: Link
  readonly isSocketUp: boolean
  /** Until the next held change may go; Infinity when none waits. */
  readonly dueInMs: number
}): number {
  const { failures, link, dueInMs } = now
  if (failures > 0) {
    const sparesServer = link.reason !== null && (isNoAnswer(link.reason) || link.reason.startsWith('store.'))
    const lastMs = sparesServer ? POLL_SOCKET_DOWN_MS : LAST_WAIT_MS
    return backoffMs(failures, { firstMs: FIRST_WAIT_MS, lastMs })
  }
  return Math.min(now.isSocketUp ? POLL_MS : POLL_SOCKET_DOWN_MS, dueInMs)
}
