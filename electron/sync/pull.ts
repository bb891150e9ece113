import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import { cursorOf, MAX_PULL_OPS } from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import type { Changes } from '../store/changes.ts'
import { write } from '../store/db.ts'
import { getPosition, saveLastSyncedAtMs } from '../store/sync-state/sync-state.ts'
import { applyPage, beginBootstrap } from './apply.ts'

/** One page. @returns what changed and whether more waits. A lost epoch starts the bootstrap; the outbox stays. */
export async function pullOnce(
  seams: { db: Database; api: ServerApi },
  nowMs: () => number,
): Promise<{ changes: Changes | undefined; more: boolean }> {
  const { db, api } = seams
  const { epoch, seq } = getPosition(db)
  try {
    const page = await api.call('sync.pull', {
      query: { cursor: cursorOf(epoch, seq), limit: MAX_PULL_OPS, protocol: PROTOCOL_VERSION },
    })
    const changes = write(db, (tx) => {
      const applied = applyPage(tx, page)
      if (!page.more) saveLastSyncedAtMs(tx, nowMs())
      return applied
    })
    return { changes, more: page.more }
  } catch (cause) {
    const error = AppError.from(cause)
    if (error.code !== 'sync.epoch' || (epoch === 0 && seq === 0)) throw error
    write(db, beginBootstrap)
    return { changes: undefined, more: true }
  }
}
