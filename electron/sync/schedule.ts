import type { SyncStatus } from '../../preload/contract/app-state.ts'
import type { AppError } from '../../server/contract/errors.ts'
import { backoffMs } from '../platform/backoff.ts'

export const POLL_MS = 60_000
export const POLL_SOCKET_DOWN_MS = 15_000
const FIRST_WAIT_MS = 1000
const LAST_WAIT_MS = 60_000

/** How the last talk with the server ended. */
export type Link = Pick<SyncStatus, 'connection' | 'reason'>

export function linkAfter({ code }: AppError): Link {
  const isSilence = code === 'server.unreachable' || code === 'server.busy'
  return { connection: isSilence ? 'offline' : 'refused', reason: code }
}

/** When the next cycle runs of itself. A server that nobody can reach is not spared by waiting longer than the poll. */
export function nextWaitMs(now: {
  readonly failures: number
  readonly link: Link
  readonly isSocketUp: boolean
  /** Until the next held change may go; Infinity when none waits. */
  readonly dueInMs: number
}): number {
  if (now.failures > 0) {
    const lastMs = now.link.reason === 'server.unreachable' ? POLL_SOCKET_DOWN_MS : LAST_WAIT_MS
    return backoffMs(now.failures, { firstMs: FIRST_WAIT_MS, lastMs })
  }
  return Math.min(now.isSocketUp ? POLL_MS : POLL_SOCKET_DOWN_MS, now.dueInMs)
}
