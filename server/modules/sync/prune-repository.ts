import { sql } from 'kysely'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

type FeedPage = { readonly after: number; readonly beforeMs: number; readonly limit: number }

/**
 * Deletes, of the next feed rows, what is old and says nothing any more: rows that are nobody's head, and tombstones
 * with their heads. Walks the feed in its order and ends at the first row that is young enough. `min_seq` is raised
 * first: its lock keeps writers out until the commit, in the order in which they take their locks too.
 */
export async function pruneFeedPage(
  tx: PracticeTx,
  practiceId: PracticeId,
  page: FeedPage,
): Promise<{ count: number; next: number | null }> {
  const rows = await listOldest(tx, practiceId, page)
  const young = rows.findIndex((row) => row.atMs >= page.beforeMs)
  const old = young === -1 ? rows : rows.slice(0, young)
  const gone = old.filter((row) => !row.isHead || row.op === 'del')
  const last = gone.at(-1)
  const count = last === undefined ? 0 : await deleteFeed(tx, practiceId, gone, last.seq)
  return { count, next: old.length === page.limit ? (old.at(-1)?.seq ?? null) : null }
}

type OldRow = {
  readonly seq: number
  readonly entity: EntityName
  readonly id: string
  readonly op: 'put' | 'del'
  readonly atMs: number
  readonly isHead: boolean
}

async function listOldest(tx: PracticeTx, practiceId: PracticeId, page: FeedPage): Promise<OldRow[]> {
  const { rows } = await sql<OldRow>`
    select f.seq, f.entity, f.entity_id as id, f.op, f.at_ms as "atMs", h.seq is not null as "isHead"
      from feed f
      left join feed_head h on h.practice_id = ${practiceId} and h.entity = f.entity and h.entity_id = f.entity_id
                           and h.seq = f.seq
     where f.practice_id = ${practiceId} and f.seq > ${page.after}
     order by f.seq limit ${page.limit}`.execute(tx)
  return rows
}

async function deleteFeed(
  tx: PracticeTx,
  practiceId: PracticeId,
  gone: readonly OldRow[],
  minSeq: number,
): Promise<number> {
  await tx
    .updateTable('practice_clock')
    .set((row) => ({ min_seq: row.fn('greatest', ['min_seq', row.val(minSeq)]) }))
    .where('practice_id', '=', practiceId)
    .execute()
  const tombstones = gone.filter((row) => row.isHead)
  const left = new Set(await deleteTombstones(tx, practiceId, tombstones))
  // One whose row came back since the page was read is a head no more: its feed row goes the next time.
  const seqs = gone.filter((row) => !row.isHead || left.has(row.seq)).map((row) => row.seq)
  if (seqs.length === 0) return 0
  const done = await sql`
    delete from feed where practice_id = ${practiceId} and seq = any (${seqs}::bigint[])`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

async function deleteTombstones(tx: PracticeTx, practiceId: PracticeId, heads: readonly OldRow[]): Promise<number[]> {
  if (heads.length === 0) return []
  const { rows } = await sql<{ seq: number }>`
    delete from feed_head h
     using unnest(${heads.map((row) => row.entity)}::text[], ${heads.map((row) => row.id)}::uuid[],
                  ${heads.map((row) => row.seq)}::bigint[]) as t (entity, entity_id, seq)
     where h.practice_id = ${practiceId} and h.entity = t.entity and h.entity_id = t.entity_id
       and h.seq = t.seq and h.op = 'del'
    returning h.seq`.execute(tx)
  return rows.map((row) => row.seq)
}

/**
 * Deletes up to `limit` remembered verdicts that are older than any outbox. The verdict on a change that still waits
 * for a person stays: sent again, it must not be tried anew.
 */
export async function pruneResultPage(
  tx: PracticeTx,
  practiceId: PracticeId,
  beforeMs: number,
  limit: number,
): Promise<number> {
  const done = await sql`
    delete from mutation_result
     where practice_id = ${practiceId} and mutation_id in (
       select r.mutation_id from mutation_result r
        where r.practice_id = ${practiceId} and r.at_ms < ${beforeMs}
          and not exists (select 1 from parked_mutation p
                           where p.practice_id = ${practiceId} and p.mutation_id = r.mutation_id)
        limit ${limit})`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** Workstations that were not heard for as long and of which nothing is remembered. One that pushes after all begins anew. */
export async function pruneClients(tx: PracticeTx, practiceId: PracticeId, beforeMs: number): Promise<number> {
  const done = await sql`
    delete from sync_client c
     where c.practice_id = ${practiceId} and c.heard_at_ms < ${beforeMs}
       and not exists (select 1 from mutation_result r
                        where r.practice_id = ${practiceId} and r.client_id = c.client_id)
       and not exists (select 1 from parked_mutation p
                        where p.practice_id = ${practiceId} and p.client_id = c.client_id)`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}
