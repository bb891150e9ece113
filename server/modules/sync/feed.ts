import { sql } from 'kysely'
import type { MutationId, PracticeId } from '../../contract/domain/ids.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { Clock } from './repository.ts'

export type FeedRow = { readonly entity: EntityName; readonly id: string } & (
  | { readonly op: 'put'; readonly body: unknown }
  | { readonly op: 'del'; readonly body: null }
)

/**
 * Numbers the rows and writes them, with the head of each entity. One statement, in an order that its data forces: the
 * clock first (its lock is held to the commit, so writers of a practice follow each other), then feed and heads. A
 * head that is moved was written by an earlier holder of that lock. The same entity twice: the last one is the head.
 */
export async function appendFeed(
  tx: PracticeTx,
  practiceId: PracticeId,
  rows: readonly FeedRow[],
  at: { readonly mutationId: MutationId | null; readonly nowMs: number },
): Promise<number> {
  const last = new Map(rows.map((row, i) => [`${row.entity} ${row.id}`, i]))
  const { rows: numbered } = await sql<{ seq: number }>`
    with clock as (
      update practice_clock set seq = seq + ${rows.length} where practice_id = ${practiceId} returning seq
    ), given as (
      select clock.seq - ${rows.length} + n as seq, entity, entity_id, op, body, is_head
        from clock, unnest(${rows.map((row) => row.entity)}::text[], ${rows.map((row) => row.id)}::uuid[],
                           ${rows.map((row) => row.op)}::text[],
                           ${rows.map((row) => (row.op === 'put' ? JSON.stringify(row.body) : null))}::json[],
                           ${rows.map((row, i) => last.get(`${row.entity} ${row.id}`) === i)}::boolean[])
             with ordinality as u (entity, entity_id, op, body, is_head, n)
    ), fed as (
      insert into feed (practice_id, seq, entity, entity_id, op, body, mutation_id, at_ms)
        select ${practiceId}, seq, entity, entity_id, op, body, ${at.mutationId}::uuid, ${at.nowMs} from given
    ), heads as (
      insert into feed_head (practice_id, entity, entity_id, seq, op, at_ms)
        select ${practiceId}, entity, entity_id, seq, op, ${at.nowMs} from given where is_head
        on conflict (practice_id, entity, entity_id)
        do update set seq = excluded.seq, op = excluded.op, at_ms = excluded.at_ms
    )
    select seq from clock`.execute(tx)
  const [clock] = numbered
  if (clock === undefined) throw new Error('The practice has no clock')
  return clock.seq
}

export type FeedPageRow = {
  readonly seq: number
  readonly entity: EntityName
  readonly id: string
  readonly op: 'put' | 'del'
  readonly body: unknown
  readonly mutationId: string | null
}

/** The rows after a position, and the clock of the same moment: in two statements, rows could be pruned between them. */
export async function listFeedAfter(
  tx: PracticeTx,
  practiceId: PracticeId,
  after: number,
  limit: number,
): Promise<{ clock: Clock | undefined; rows: FeedPageRow[] }> {
  const { rows } = await queryFeedAfter(practiceId, after, limit).execute(tx)
  const [first] = rows
  if (first === undefined) return { clock: undefined, rows: [] }
  const { clockSeq, epoch, minSeq } = first
  const present = rows.flatMap(({ seq, ...row }) => (seq === null ? [] : [{ ...row, seq }]))
  // In order already, as the index gave them; the join that adds the clock promises nothing, and a sort there would cost.
  return { clock: { seq: clockSeq, epoch, minSeq }, rows: present.toSorted((a, b) => a.seq - b.seq) }
}

type ClockColumns = { readonly clockSeq: number; readonly epoch: number; readonly minSeq: number }

/** One row without `seq` when nothing follows. */
export function queryFeedAfter(practiceId: PracticeId, after: number, limit: number) {
  return sql<Omit<FeedPageRow, 'seq'> & ClockColumns & { readonly seq: number | null }>`
    select c.seq as "clockSeq", c.epoch, c.min_seq as "minSeq",
           f.seq, f.entity, f.entity_id as id, f.op, f.body, f.mutation_id as "mutationId"
      from practice_clock c
      left join lateral (select * from feed where practice_id = ${practiceId} and seq > ${after}
                          order by seq limit ${limit}) f on true
     where c.practice_id = ${practiceId}`
}
