import { isDeepStrictEqual } from 'node:util'
import type { Action } from '../../../server/contract/domain/reads.ts'
import { findClock } from '../heal.ts'
import type { SimPractice, World } from '../world.ts'
import { Violation } from './ledger.ts'

/** The newest state of a row, as the feed says it. */
export type Head = {
  readonly entity: string
  readonly id: string
  readonly seq: number
  readonly op: string
  readonly body: unknown
}

/** The feed has no gap, and what it says last of each row is what the server's own tables say. */
export async function checkFeed(world: World, practice: SimPractice): Promise<Head[]> {
  const { look } = world.machine.cluster
  const clock = await findClock(world, practice.id)
  const rows = await look<Head & { mutationId: string | null }>(
    'select entity, entity_id as id, seq, op, body, mutation_id as "mutationId" from feed where practice_id = $1 order by seq',
    [practice.id],
  )
  const seqs = rows.map(({ seq }) => seq).filter((seq) => seq > clock.minSeq)
  seqs.forEach((seq, index) => {
    if (seq !== clock.minSeq + index + 1)
      throw new Violation('gapless feed', `row ${seq} follows ${clock.minSeq + index}`)
  })
  if (seqs.length !== clock.seq - clock.minSeq)
    throw new Violation('gapless feed', `${seqs.length} rows from ${clock.minSeq} to ${clock.seq}`)
  const heads = [...new Map(rows.map((row) => [`${row.entity}/${row.id}`, row])).values()]
  for (const entity of ['read', 'action']) {
    const puts = rows
      .filter((row) => row.entity === entity && row.op === 'put' && !saysCorrected(row))
      .map(({ id }) => id)
    if (new Set(puts).size !== puts.length) throw new Violation('exactly once', `an ${entity} is in the feed twice`)
    const kept = await look<{ id: string; sessionId: string }>(
      `select ${entity}_id as id, session_id as "sessionId" from ${entity} where practice_id = $1`,
      [practice.id],
    )
    const gone = await listWithdrawn(world, practice)
    const expected = kept.filter(({ sessionId }) => !gone.has(sessionId)).map(({ id }) => id)
    const actual = heads.filter((head) => head.entity === entity && head.op === 'put').map(({ id }) => id)
    if (!isDeepStrictEqual(expected.toSorted(), actual.toSorted()))
      throw new Violation(
        'exactly once',
        `${expected.length} rows of ${entity} on the server, ${actual.length} in the feed`,
      )
  }
  const gone = await listWithdrawn(world, practice)
  const shown = heads.filter(({ entity, op }) => entity === 'session' && op === 'put')
  const wrong = shown.find(({ id }) => gone.has(id))
  if (wrong !== undefined)
    throw new Violation('what was withdrawn goes', `the feed still shows the session ${wrong.id}`)
  checkEffects(rows)
  checkTold(world, practice, heads)
  return heads
}

/** An action is told once as it was decided, and once more when it was corrected. */
function saysCorrected({ entity, body }: Head): boolean {
  return entity === 'action' && (body as Action | null)?.outcome === 'corrected' // written through the entity's schema
}

async function listWithdrawn(world: World, practice: SimPractice): Promise<Set<string>> {
  const rows = await world.machine.cluster.look<{ id: string }>(
    'select session_id as id from scan_session where practice_id = $1 and withdrawn_at_ms is not null',
    [practice.id],
  )
  return new Set(rows.map(({ id }) => id))
}

/** A change that came twice took effect once. */
function checkEffects(rows: readonly { mutationId: string | null; entity: string; id: string }[]): void {
  const seen = new Set<string>()
  for (const { mutationId, entity, id } of rows) {
    if (mutationId === null) continue
    const effect = `${mutationId} on ${entity} ${id}`
    if (seen.has(effect)) throw new Violation('exactly once', `${effect} took effect more than once`)
    seen.add(effect)
  }
}

/** Nothing of another practice left the server for this one. */
function checkTold(world: World, practice: SimPractice, heads: readonly Head[]): void {
  const own = new Set(heads.map(({ id }) => id))
  const ids = world.ledger.told.find(({ practiceId }) => practiceId === practice.id)?.ids ?? new Set<string>()
  for (const other of world.ledger.told) {
    if (other.practiceId === practice.id) continue
    for (const id of other.ids)
      if (own.has(id)) throw new Violation('nothing of another practice', `${id} was told to another practice`)
  }
  for (const { id, op } of heads)
    if (op === 'put' && !ids.has(id) && world.stations.some((station) => station.practiceId === practice.id))
      throw new Violation('convergence after healing', `${id} was never told to anybody`)
}
