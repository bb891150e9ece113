import { isDeepStrictEqual } from 'node:util'
import { viewSession } from '../../../electron/store/review/session-view.ts'
import { findSession } from '../../../electron/store/sessions/sessions.ts'
import { verifyAudit } from '../../../server/modules/audit/service.ts'
import { BOOTSTRAP_ORDER } from '../../../server/contract/sync/wire.ts'
import { findClock } from '../heal.ts'
import { checkPhotos } from '../show-photo.ts'
import type { Station } from '../workstation/station.ts'
import type { SimPractice, World } from '../world.ts'
import { listShown } from './each-step.ts'
import { type Decided, Violation } from './ledger.ts'

type Head = {
  readonly entity: string
  readonly id: string
  readonly seq: number
  readonly op: string
  readonly body: unknown
}

/** What must hold once everything is whole again and has had its time. */
export async function checkAtTheEnd(world: World): Promise<void> {
  for (const practice of world.practices) {
    const heads = await checkFeed(world, practice)
    const { brokenAt } = await verifyAudit(world.machine.server.deps, practice.id)
    if (brokenAt !== null) throw new Violation('the log is a chain', `broken at entry ${brokenAt}`)
    for (const station of world.stations) {
      if (station.practiceId !== practice.id) continue
      checkStation(station, heads)
      checkPhotos(station)
    }
  }
  for (const decided of world.ledger.decided.values()) await checkDecided(world, decided)
  for (const mutation of world.ledger.verdicts.values()) await checkVerdict(world, mutation)
}

/** The feed has no gap, and what it says last of each row is what the server's own tables say. */
async function checkFeed(world: World, practice: SimPractice): Promise<Head[]> {
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
    const puts = rows.filter((row) => row.entity === entity && row.op === 'put').map(({ id }) => id)
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

async function listWithdrawn(world: World, practice: SimPractice): Promise<Set<string>> {
  const rows = await world.machine.cluster.look<{ id: string }>(
    'select session_id as id from scan_session where practice_id = $1 and withdrawn_at_ms is not null',
    [practice.id],
  )
  return new Set(rows.map(({ id }) => id))
}

/** A change that came twice took effect once. */
function checkEffects(rows: readonly { mutationId: string | null; entity: string }[]): void {
  const seen = new Set<string>()
  for (const { mutationId, entity } of rows) {
    if (mutationId === null) continue
    const effect = `${mutationId} on ${entity}`
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

function checkStation(station: Station, heads: readonly Head[]): void {
  const db = station.raw()
  for (const entity of BOOTSTRAP_ORDER) {
    const here = new Map(
      db
        .prepare<[], { id: string; body: string; seq: number }>(`SELECT id, body, seq FROM ${entity}`)
        .all()
        .map(({ id, body, seq }) => [id, { seq, body: JSON.parse(body) as unknown }]),
    )
    const there = heads.filter((head) => head.entity === entity && head.op === 'put')
    for (const { id, body, seq } of there) {
      if (!here.has(id))
        throw new Violation('convergence after healing', `${station.name} lacks the ${entity} ${id} of ${seq}`)
      if (!isDeepStrictEqual(here.get(id), { seq, body }))
        throw new Violation('convergence after healing', `${station.name} has another ${entity} ${id} than the server`)
      here.delete(id)
    }
    const [extra] = here.keys()
    if (extra !== undefined)
      throw new Violation(
        'nothing of another practice, nothing that is gone',
        `${station.name} has the ${entity} ${extra}`,
      )
  }
  const overlay = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM overlay').get()?.count ?? 0
  if (overlay > 0) throw new Violation('the overlay ends', `${overlay} rows on ${station.name}`)
  checkViews(station, heads)
}

/** What screens show is what the server has, session by session. */
function checkViews(station: Station, heads: readonly Head[]): void {
  const shown = listShown(station)
  for (const { id } of heads.filter((head) => head.entity === 'session' && head.op === 'put')) {
    const session = findSession(station.raw(), id)
    if (session === undefined)
      throw new Violation('convergence after healing', `${station.name} does not find the session ${id}`)
    const viewed = viewSession(station.raw(), session).reads.map(({ readId }) => readId as string)
    const expected = shown.filter(({ sessionId }) => sessionId === id).map(({ readId }) => readId)
    if (!isDeepStrictEqual(viewed.toSorted(), expected.toSorted()))
      throw new Violation('convergence after healing', `${station.name} shows other reads of ${id} than it has`)
  }
}

/** Every change is in the server exactly once, or its author was told why not, or they took it back. */
async function checkDecided(world: World, decided: Decided): Promise<void> {
  const { look } = world.machine.cluster
  const { mutationId, readId } = decided
  const reads = await look<{ id: string }>('select read_id as id from read where read_id = $1', [readId])
  const isRead = decided.name === 'read.record'
  if (decided.takenBack) {
    if (reads.length > 0) throw new Violation('what was taken back is not sent', mutationId)
    return
  }
  const verdict = world.ledger.verdicts.get(mutationId)
  const station = world.stations.find(({ name }) => name === decided.station)
  const listed = station?.raw().prepare('SELECT 1 FROM attention WHERE mutation_id = ?').get(mutationId)
  if (verdict?.status === 'applied') {
    if (!isRead) return
    if (reads.length !== 1)
      throw new Violation('exactly once', `the read ${readId} is on the server ${reads.length} times`)
    const [missing] = world.stations.filter(
      (one) =>
        one.practiceId === station?.practiceId && !one.raw().prepare('SELECT 1 FROM read WHERE id = ?').get(readId),
    )
    if (world.ledger.withdrawn.has(decided.sessionId ?? '')) return
    if (missing !== undefined) throw new Violation('exactly once', `the read ${readId} is not on ${missing.name}`)
    const lost = await look('select 1 from action where read_id = $1 and outcome = $2', [readId, 'would_have_done'])
    if (lost.length > 0 && listed === undefined)
      throw new Violation('who lost is told', `the read ${readId} came second, and ${decided.station} does not say so`)
    return
  }
  if (reads.length > 0) throw new Violation('refusals are remembered', `the read ${readId} was refused and is there`)
  await checkParked(world, decided)
  if (listed === undefined)
    throw new Violation(
      'nothing decided is nowhere',
      `${decided.name} ${mutationId} (${verdict?.status ?? 'no verdict'}) is not listed for its author`,
    )
}

/** The server keeps what it refused until its author has settled it. */
async function checkParked(world: World, { mutationId, station }: Decided): Promise<void> {
  if (!world.ledger.verdicts.has(mutationId)) return // let go before it was sent
  const open = world.stations
    .find(({ name }) => name === station)
    ?.raw()
    .prepare('SELECT 1 FROM attention WHERE mutation_id = ? AND settled IS NULL')
    .get(mutationId)
  const kept = await world.machine.cluster.look('select 1 from parked_mutation where mutation_id = $1', [mutationId])
  if (open !== undefined && kept.length === 0)
    throw new Violation('what is refused is kept', `the server has no copy of ${mutationId}`)
}

async function checkVerdict(world: World, mutation: { id: string; status: string }): Promise<void> {
  const rows = await world.machine.cluster.look<{ status: string }>(
    'select status from mutation_result where mutation_id = $1',
    [mutation.id],
  )
  if (rows.length !== 1 || rows[0]?.status !== mutation.status)
    throw new Violation('verdicts are remembered', `${mutation.id} was ${mutation.status}, now ${JSON.stringify(rows)}`)
}
