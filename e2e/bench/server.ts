import { loadavg } from 'node:os'
import { type Figure, figureOf } from './figure.ts'
import { type BenchServer, openBenchServer } from './server/bench-server.ts'
import { askBare, askDashboards } from './server/dashboard.ts'
import { type BenchPractice, fillPractice } from './server/fill.ts'
import { gatherPushers, type Pushers, pushFor, type Round } from './server/mutations.ts'

type Emit = (figure: Figure) => void

const PRACTICES = 1000
const SESSIONS_EACH = 1000
/** The one practice of the first case: enough sessions for all its rounds, and as many workstations as its lock is asked by. */
const LARGE = { sessions: 60_000, clinicians: 16 }
const MANY = 200
const ROUNDS = 5
const ROUND_MS = 4000
const DASHBOARD_TURNS = 1000

/**
 * The server's handlers on the PostgreSQL that the product starts, with 1,000 practices of 1,000 sessions in it. Not
 * included: HTTP, TLS, parsing and checking of requests and answers. Rounds of ours and of the floor in turn.
 */
export async function run(emit: Emit): Promise<void> {
  const server = await openBenchServer()
  try {
    const load = loadavg()[0]?.toFixed(1)
    process.stderr.write(
      `Load ${load}. Filling ${PRACTICES} practices of ${SESSIONS_EACH} sessions; this takes a few minutes\n`,
    )
    const practices: BenchPractice[] = []
    for (let i = 0; i < PRACTICES; i += 1) {
      practices.push(await fillPractice(server.superuser, { sessions: SESSIONS_EACH, clinicians: 1 }))
    }
    const large = await fillPractice(server.superuser, LARGE)
    await server.superuser.query('checkpoint')
    await benchDashboard(emit, server, practices)
    await benchPushes(emit, server, 'mutations-1-practice', await gatherPushers(server, [large]))
    await benchPushes(
      emit,
      server,
      `mutations-${MANY}-practices`,
      await gatherPushers(server, practices.slice(0, MANY)),
    )
  } finally {
    await server.close()
  }
}

async function benchDashboard(emit: Emit, server: BenchServer, practices: readonly BenchPractice[]): Promise<void> {
  const rounds = await inTurn(
    server,
    () => askDashboards(server, practices, DASHBOARD_TURNS),
    () => askBare(server, practices, DASHBOARD_TURNS),
  )
  emitRounds(emit, `dashboard-${PRACTICES}x${SESSIONS_EACH}`, 'page', rounds)
}

async function benchPushes(emit: Emit, server: BenchServer, name: string, pushers: Pushers): Promise<void> {
  const rounds = await inTurn(
    server,
    () => pushFor(server, pushers, ROUND_MS, false),
    () => pushFor(server, pushers, ROUND_MS, true),
  )
  emitRounds(emit, name, 'push', rounds)
}

type Rounds = { readonly ours: readonly Round[]; readonly bare: readonly Round[] }

/**
 * The first round of each warms up and does not count. After it the tables are analysed, as a running database has long
 * done: statements that were planned on empty tables read them from end to end.
 */
async function inTurn(server: BenchServer, ours: () => Promise<Round>, bare: () => Promise<Round>): Promise<Rounds> {
  const rounds: { ours: Round[]; bare: Round[] } = { ours: [], bare: [] }
  for (let i = 0; i <= ROUNDS; i += 1) {
    const [our, floor] = [await ours(), await bare()]
    if (i === 0) {
      await server.superuser.query('vacuum analyze')
      continue
    }
    rounds.ours.push(our)
    rounds.bare.push(floor)
  }
  return rounds
}

function emitRounds(emit: Emit, name: string, metric: string, { ours, bare }: Rounds): void {
  for (const [rounds, peer] of [
    [ours, {}],
    [bare, { peer: 'bare-sql' }],
  ] as const) {
    const about = { bench: 'server', case: name, ...peer }
    emit(
      figureOf(
        { ...about, metric: 'throughput', unit: '1/s' },
        rounds.map((round) => round.perSecond),
      ),
    )
    emit(
      figureOf(
        { ...about, metric, unit: 'ms' },
        rounds.flatMap((round) => round.tookMs),
      ),
    )
  }
}
