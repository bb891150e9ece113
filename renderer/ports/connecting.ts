import type { SyncStatus } from '../../preload/contract/app-state.ts'

/** At the start nobody has asked the server yet: nothing is wrong so far, and nothing is to be said of it. */
export function isConnecting({ connection, reason }: Pick<SyncStatus, 'connection' | 'reason'>): boolean {
  return connection === 'offline' && reason === null
}
