import type { World } from '../world.ts'
import { type Decided, Violation } from './ledger.ts'

/** The server's tables, read once for all checks. */
type Truth = {
  readonly reads: ReadonlyMap<string, number>
  /** Reads whose action came second. */
  readonly second: ReadonlySet<string>
  readonly parked: ReadonlySet<string>
  readonly verdicts: ReadonlyMap<string, string>
}

/** Every change is in the server exactly once, or its author was told why not, or they took it back. */
export async function checkAllDecided(world: World): Promise<void> {
  const truth = await findTruth(world)
  for (const decided of world.ledger.decided.values()) checkDecided(world, truth, decided)
  for (const { id, status } of world.ledger.verdicts.values()) {
    const now = truth.verdicts.get(id)
    if (now !== status) throw new Violation('verdicts are remembered', `${id} was ${status}, now ${now ?? 'none'}`)
  }
}

async function findTruth(world: World): Promise<Truth> {
  const { look } = world.machine.cluster
  const idsOf = async (text: string) => (await look<{ id: string }>(text)).map(({ id }) => id)
  const reads = new Map<string, number>()
  for (const id of await idsOf('select read_id as id from read')) reads.set(id, (reads.get(id) ?? 0) + 1)
  const verdicts = await look<{ id: string; status: string }>('select mutation_id as id, status from mutation_result')
  return {
    reads,
    second: new Set(await idsOf("select read_id as id from action where outcome = 'would_have_done'")),
    parked: new Set(await idsOf('select mutation_id as id from parked_mutation')),
    verdicts: new Map(verdicts.map(({ id, status }) => [id, status])),
  }
}

function checkDecided(world: World, truth: Truth, decided: Decided): void {
  const { mutationId } = decided
  const times = truth.reads.get(decided.readId ?? '') ?? 0
  const verdict = world.ledger.verdicts.get(mutationId)?.status
  if (decided.takenBack) {
    if (times > 0) throw new Violation('what was taken back is not sent', mutationId)
    return
  }
  const listed = findListed(world, decided)
  if (verdict === 'applied') return checkApplied(world, truth, decided, listed !== undefined)
  if (times > 0) throw new Violation('refusals are remembered', `${decided.readId} was refused and is on the server`)
  if (listed === undefined)
    throw new Violation(
      'nothing decided is nowhere',
      `${decided.name} ${mutationId} (${verdict ?? 'no verdict'}) is not listed for its author`,
    )
  // One that was let go before it was sent never came to the server.
  if (verdict !== undefined && listed.settled === null && !truth.parked.has(mutationId))
    throw new Violation('what is refused is kept', `the server has no copy of ${mutationId}`)
}

function checkApplied(world: World, truth: Truth, decided: Decided, isListed: boolean): void {
  const { name, readId, sessionId, station } = decided
  if (name !== 'read.record' || readId === null) return
  const times = truth.reads.get(readId) ?? 0
  if (times !== 1) throw new Violation('exactly once', `the read ${readId} is on the server ${times} times`)
  if (world.ledger.withdrawn.has(sessionId ?? '')) return
  const practiceId = world.stations.find((one) => one.name === station)?.practiceId
  for (const one of world.stations) {
    if (one.practiceId !== practiceId) continue
    const here = one.raw().prepare('SELECT 1 FROM read WHERE id = ?').get(readId)
    if (here === undefined) throw new Violation('exactly once', `the read ${readId} is not on ${one.name}`)
  }
  if (isListed && isToldLost(world, decided) && !truth.second.has(readId))
    throw new Violation('only who lost is told', `the read ${readId} did not come second, and ${station} says so`)
  if (truth.second.has(readId) && !isListed)
    throw new Violation('who lost is told', `the read ${readId} came second, and ${station} does not say so`)
}

type Listed = { readonly settled: string | null; readonly status: string }

function findListed(world: World, { station, mutationId }: Decided): Listed | undefined {
  return world.stations
    .find(({ name }) => name === station)
    ?.raw()
    .prepare<[string], Listed>('SELECT settled, status FROM attention WHERE mutation_id = ?')
    .get(mutationId)
}

function isToldLost(world: World, decided: Decided): boolean {
  return findListed(world, decided)?.status === 'lost'
}
