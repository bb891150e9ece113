import { sql } from 'kysely'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { Clock } from './repository.ts'

export type FeedRow = { readonly entity: EntityName; readonly id: string } & (
  | { readonly op: 'put'; readonly body: unknown }
  | { readonly op: 'del'; readonly body: null }
)

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
