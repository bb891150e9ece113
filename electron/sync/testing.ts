import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { ENTITY_NAMES, type EntityName, EntityNameSchema } from '../../server/contract/sync/entities.ts'
import {
  BOOTSTRAP_ORDER,
  BootstrapAnswer,
  type BootstrapRow,
  digestLine,
  type EntityDigest,
} from '../../server/contract/sync/wire.ts'
import { write } from '../store/db.ts'
import { type ReadyRow, readyRow } from '../store/rows/ready-row.ts'
import { aPage } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { applyCopySlice, beginCopy } from './bootstrap.ts'

type FeedRow = { readonly entity: EntityName; readonly id: string; readonly body: unknown }
type Head = BootstrapRow & { readonly entity: EntityName }

/** For stand-in servers: each row as the feed last made it. A row whose body is null is gone. */
export function headsOf(feed: readonly FeedRow[]): Head[] {
  const heads = new Map<string, Head>()
  feed.forEach(({ entity, id, body }, index) => {
    if (body === null) heads.delete(`${entity} ${id}`)
    else heads.set(`${entity} ${id}`, { entity, id, seq: index + 1, body })
  })
  return [...heads.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** What `GET /api/v1/sync/bootstrap` answers from this feed. */
export function answerCopy(feed: readonly FeedRow[], query: URLSearchParams, epoch = 1): BootstrapAnswer {
  const entity = EntityNameSchema.parse(query.get('entity'))
  const after = query.get('after')
  const limit = Number(query.get('limit') ?? 5000)
  const heads = headsOf(feed)
  const rest = heads.filter((head) => head.entity === entity && head.id > (after ?? ''))
  const rows = rest.slice(0, limit).map(({ id, seq, body }) => ({ id, seq, body }))
  const counts = ENTITY_NAMES.map((name) => [name, heads.filter((head) => head.entity === name).length])
  return BootstrapAnswer.parse({
    epoch,
    seq: feed.length,
    rows,
    next: rest.length > limit ? (rows.at(-1)?.id ?? null) : null,
    totals: after === null ? Object.fromEntries(counts) : null,
    protocol: 2,
  })
}

/** What the server would say of its own rows at the end of this feed. */
export function digestsOf(feed: readonly FeedRow[]): EntityDigest[] {
  const heads = headsOf(feed)
  return ENTITY_NAMES.map((entity) => {
    const mine = heads.filter((head) => head.entity === entity)
    const hash = createHash('sha256')
    for (const { id, seq } of mine) hash.update(digestLine(id, seq))
    return { entity, count: mine.length, sha256: hash.digest('hex') }
  })
}

export function readyRows(entity: EntityName, { rows }: Pick<BootstrapAnswer, 'rows'>): ReadyRow[] {
  return rows.map((row) => readyRow({ ...row, entity }))
}

/** A whole copy of what these rows come to, as if a server had answered. */
export function bringCopy(db: Database, feed: readonly FeedRow[], epoch = 1): void {
  write(db, (tx) => beginCopy(tx))
  for (const entity of BOOTSTRAP_ORDER) {
    const of = answerCopy(feed, new URLSearchParams({ entity }), epoch)
    write(db, (tx) => applyCopySlice(tx, { of, rows: readyRows(entity, of), upTo: null }))
  }
  write(db, (tx) => applyPage(tx, aPage([], { from: feed.length + 1, epoch })))
}
