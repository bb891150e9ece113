import type { Handlers } from '../../preload/contract/ipc.ts'
import type { Clock } from '../platform/clock.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { discardLocally, retryLocally } from '../sync/attend.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** Everybody sees and settles their own: a colleague's id finds nothing. */
export function attentionHandlers(workstation: Workstation, clock: Clock) {
  return {
    'attention.list': async () => {
      const { db, account } = openFor(workstation)
      return listAttentionEntries(db, account.person.id)
    },
    'attention.retry': async ({ mutationId }) => {
      const { db, account, changed, sync } = openFor(workstation)
      const by = { person: account.person, nowMs: clock.nowMs() }
      const { sessionId, changes } = write(db, (tx) => retryLocally(tx, mutationId, by))
      changed(changes)
      sync.queued()
      return { sessionId }
    },
    'attention.discard': async ({ mutationId, reason }) => {
      const { db, account, sync } = openFor(workstation)
      const by = { person: account.person, nowMs: clock.nowMs() }
      write(db, (tx) => discardLocally(tx, mutationId, reason, by))
      sync.announce()
      return null
    },
  } satisfies Partial<Handlers>
}
