import { createHash } from 'node:crypto'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import { cursorOf, digestLine, type EntityDigest } from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { sql } from '../store/statements.ts'
import { getPosition } from '../store/sync-state/sync-state.ts'
import { createSliceSize } from './slice-size.ts'

export type Difference = {
  readonly entity: EntityName
  readonly atSeq: number
  readonly localCount: number
  readonly serverCount: number
}

/**
 * Compares count and SHA-256 of this store's own rows with what the server says of its own, at one and the same
 * position. Called between two pulls, while nothing else changes server rows here.
 * @returns the entities that differ; null when the feed has moved on: pull, then ask again
 */
export async function compareDigests(
  db: Database,
  api: ServerApi,
  isStopped: () => boolean,
): Promise<Difference[] | null> {
  const { epoch, seq } = getPosition(db)
  const query = { cursor: cursorOf(epoch, seq), protocol: PROTOCOL_VERSION }
  const { digests } = await api.call('sync.digest', { query })
  if (digests === null) return null
  const differences: Difference[] = []
  for (const theirs of digests) {
    const { entity, count: serverCount, sha256 } = theirs
    const own = await digestOf(db, entity, isStopped)
    if (own.count !== serverCount || own.sha256 !== sha256)
      differences.push({ entity, atSeq: seq, localCount: own.count, serverCount })
  }
  return differences
}

/** Read from the rows themselves each time, some at once: the screens go on asking meanwhile. */
export async function digestOf(
  db: Database,
  entity: EntityName,
  isStopped: () => boolean = () => false,
): Promise<EntityDigest> {
  const hash = createHash('sha256')
  const size = createSliceSize(200, 5000)
  const next = sql<{ id: string; seq: number }>(db, `SELECT id, seq FROM ${entity} WHERE id > ? ORDER BY id LIMIT ?`)
  let count = 0
  for (let after = ''; ; ) {
    if (isStopped()) throw new AppError('store.locked')
    const asked = size.count()
    const rows = size.measure(asked, () => {
      const some = next.all(after, asked)
      for (const { id, seq } of some) hash.update(digestLine(id, seq))
      return some
    })
    count += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < asked) return { entity, count, sha256: hash.digest('hex') }
    await yieldToOthers()
  }
}
