import { sql } from 'kysely'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { Clock } from './repository.ts'

type Page = { readonly entity: EntityName; readonly after: string | undefined; readonly limit: number }

export type HeadPage = {
  readonly clock: Clock | undefined
  readonly count: number
  readonly lastId: string | undefined
  /** The JSON text of the rows as BootstrapRow has them: bodies are not read only to be written again. */
  readonly rowsText: string
}

/** A page of an entity's rows by key, each with its position, and the clock of the same moment. */
export async function listHeads(tx: PracticeTx, practiceId: PracticeId, page: Page): Promise<HeadPage> {
  const { rows } = await queryHeads(practiceId, page).execute(tx)
  const [first] = rows
  if (first === undefined) return { clock: undefined, count: 0, lastId: undefined, rowsText: '[]' }
  const { clockSeq: seq, epoch, minSeq } = first
  const present = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]))
  // In order already, as the index gave them; the join that adds the clock promises nothing, and a sort there would cost.
  const ordered = present.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const texts = ordered.map((row) => `{"id":"${row.id}","seq":${row.seq},"body":${row.body}}`)
  return {
    clock: { seq, epoch, minSeq },
    count: ordered.length,
    lastId: ordered.at(-1)?.id,
    rowsText: `[${texts.join(',')}]`,
  }
}

/** `body` is JSON by its column's type. */
type HeadColumns = { readonly id: string | null; readonly seq: number | null; readonly body: string | null }
type ClockColumns = { readonly clockSeq: number; readonly epoch: number; readonly minSeq: number }

/** One row without `id` when the page is empty. The key gives the order; each body is read from the one feed row that holds it. */
function queryHeads(practiceId: PracticeId, { entity, after, limit }: Page) {
  const further = after === undefined ? sql`` : sql`and h.entity_id > ${after}`
  return sql<HeadColumns & ClockColumns>`
    select c.seq as "clockSeq", c.epoch, c.min_seq as "minSeq", p.id, p.seq, p.body
      from practice_clock c
      left join lateral (
        select h.entity_id as id, h.seq, f.body::text as body
          from feed_head h join feed f on f.practice_id = ${practiceId} and f.seq = h.seq
         where h.practice_id = ${practiceId} and h.entity = ${entity} and h.op = 'put' ${further}
         order by h.entity_id limit ${limit}) p on true
     where c.practice_id = ${practiceId}`
}

export async function countHeads(
  tx: PracticeTx,
  practiceId: PracticeId,
): Promise<{ entity: EntityName; count: number }[]> {
  const rows = await tx
    .selectFrom('feed_head')
    .select(['entity', (column) => column.fn.countAll<number>().as('count')])
    .where('practice_id', '=', practiceId)
    .where('op', '=', 'put')
    .groupBy('entity')
    .execute()
  return rows
}

export type HeadDigest = { readonly entity: EntityName; readonly count: number; readonly sha256: string }

/**
 * Count and digest of each entity's rows, and the clock of the same moment. The digest is worked out only when the
 * clock stands at `position`: elsewhere nobody could compare it. Lines as `digestLine` writes them.
 */
export async function listHeadDigests(
  tx: PracticeTx,
  practiceId: PracticeId,
  position: number,
): Promise<{ clock: Clock | undefined; digests: HeadDigest[] }> {
  const { rows } = await queryHeadDigests(practiceId, position).execute(tx)
  const [first] = rows
  if (first === undefined) return { clock: undefined, digests: [] }
  const digests = rows.flatMap(({ entity, count, sha256 }) => (entity === null ? [] : [{ entity, count, sha256 }]))
  return { clock: { seq: first.clockSeq, epoch: first.epoch, minSeq: first.minSeq }, digests }
}

export function queryHeadDigests(practiceId: PracticeId, position: number) {
  return sql<Omit<HeadDigest, 'entity'> & ClockColumns & { readonly entity: EntityName | null }>`
    select c.seq as "clockSeq", c.epoch, c.min_seq as "minSeq", d.entity, d.count, d.sha256
      from practice_clock c
      left join lateral (
        select entity, count(*) as count,
               encode(sha256(convert_to(string_agg(entity_id || ':' || seq || E'\\n', '' order by entity_id), 'UTF8')), 'hex')
                 as sha256
          from feed_head h
         where h.practice_id = ${practiceId} and h.op = 'put' and c.seq = ${position}
         group by entity) d on true
     where c.practice_id = ${practiceId}`
}
