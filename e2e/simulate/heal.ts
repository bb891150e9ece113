import { listAttentionEntries } from '../../electron/store/attention/attention-entries.ts'
import { write } from '../../electron/store/db.ts'
import { confirmLocally } from '../../electron/sync/attend.ts'
import { passTime, raiseTheDead, signIn } from './execute.ts'
import { Violation } from './checks/ledger.ts'
import { describe, type World } from './world.ts'
import type { Station } from './workstation/station.ts'

const ROUNDS = 12
/** Beyond the hold-back, the longest back-off and the poll. */
const ROUND_MS = 75_000

/** Everything that was broken is whole again, and time passes: from here on all must come to agree. */
export async function heal(world: World): Promise<void> {
  world.trace.note('heal')
  for (const station of world.stations) mend(station)
  await letGo(world)
  for (let request = 0; request < world.network.staleCount(); request += 1) {
    void world.network.arriveStale(request)?.catch(() => undefined) // the server's faults are seen where they happen
    await world.settle()
  }
  await letGo(world)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const station of world.stations) {
      for (const person of station.people) {
        if (countOutbox(station, person.id) === 0 && person.id !== station.state.person.id) continue
        signIn(world, station, person)
        await world.settle()
        confirmOld(station)
        if (countOutbox(station, person.id) > 0) {
          await passTime(world, 1500)
          station.inside(({ engine }) => void engine.now())
        }
        await world.settle()
        await raiseTheDead(world)
      }
    }
    if (await isQuiet(world)) {
      await checkAll(world)
      if (await isQuiet(world)) return
    }
    await passTime(world, ROUND_MS)
  }
  throw new Violation('convergence after healing', await whatIsLeft(world))
}

function mend(station: Station): void {
  const { state } = station
  Object.assign(state, {
    cut: false,
    socketUp: true,
    clockMs: 0,
    protocol: undefined,
    fates: { push: [], pull: [], photos: [] },
  })
  state.signInOver.clear()
  station.setDiskFull(false)
  station.crashAt(undefined)
}

async function letGo(world: World): Promise<void> {
  for (;;) {
    const [first] = world.network.held()
    if (first === undefined) return
    first.release()
    await world.settle()
  }
}

/** Their author says that old instructions still hold. */
function confirmOld(station: Station): void {
  const by = { person: station.state.person, nowMs: station.clock.nowMs() }
  const old = listAttentionEntries(station.db(), by.person.id, by.nowMs).filter(({ status }) => status === 'stale')
  for (const { mutationId } of old) write(station.db(), (tx) => confirmLocally(tx, mutationId, by))
}

/** Compares each store with the server; what differs is copied anew. */
async function checkAll(world: World): Promise<void> {
  for (const station of world.stations) {
    const done = { failure: undefined as unknown }
    station.inside(({ engine }) => void engine.checkNow().catch((cause: unknown) => void (done.failure = cause)))
    await world.settle()
    if (done.failure !== undefined) throw new Violation('digests agree', `${station.name}: ${describe(done.failure)}`)
  }
}

function countOutbox(station: Station, personId: string): number {
  const row = station
    .raw()
    .prepare<[string], { count: number }>('SELECT count(*) AS count FROM outbox WHERE person_id = ?')
    .get(personId)
  return row?.count ?? 0
}

async function isQuiet(world: World): Promise<boolean> {
  return (await findUnfinished(world)).length === 0
}

async function whatIsLeft(world: World): Promise<string> {
  return (await findUnfinished(world)).join('; ')
}

async function findUnfinished(world: World): Promise<string[]> {
  const left: string[] = []
  const clocks = await world.machine.cluster.look<Clock & { id: string }>(`${CLOCKS} from practice_clock`)
  for (const station of world.stations) {
    const waiting =
      station.raw().prepare<[], { count: number }>('SELECT count(*) AS count FROM outbox').get()?.count ?? 0
    if (waiting > 0) left.push(`${station.name} still has ${waiting} changes to send`)
    const clock = clocks.find(({ id }) => id === station.practiceId)
    const position = findPosition(station)
    if (position.epoch !== clock?.epoch || position.seq !== clock.seq || position.bootstrapping)
      left.push(`${station.name} stands at ${JSON.stringify(position)}, the server at ${JSON.stringify(clock)}`)
  }
  return left
}

type Clock = { readonly epoch: number; readonly seq: number; readonly minSeq: number }
const CLOCKS = 'select practice_id as id, epoch, seq, min_seq as "minSeq"'

export async function findClock(world: World, practiceId: string): Promise<Clock> {
  const text = `${CLOCKS} from practice_clock where practice_id = $1`
  const [clock] = await world.machine.cluster.look<Clock>(text, [practiceId])
  if (clock === undefined) throw new Error('a practice without a clock')
  return clock
}

export function findPosition(station: Station): { epoch: number; seq: number; bootstrapping: boolean } {
  const row = station.raw().prepare<[], { value: string }>(`SELECT value FROM sync_state WHERE name = 'position'`).get()
  return row === undefined
    ? { epoch: 0, seq: 0, bootstrapping: true }
    : (JSON.parse(row.value) as { epoch: number; seq: number; bootstrapping: boolean }) // as the store wrote it
}
