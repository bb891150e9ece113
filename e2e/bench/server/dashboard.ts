import type { Round } from './mutations.ts'
import type { BenchServer } from './bench-server.ts'
import type { BenchPractice } from './fill.ts'
import { queryDashboard } from '../../../server/modules/dashboard/repository.ts'

const LIMIT = 50
/** As the screens ask: mostly the newest of all, sometimes one state, sometimes further back. */
const ASKED = [
  {},
  {},
  { state: 'waiting' },
  { state: 'discordant' },
  { before: `${1_750_000_000_000 + 500 * 60_000}_01900000-0000-7000-8000-000000000000` },
] as const

/** One request after the other, each for another practice, so that no page is in a cache because it was just asked for. */
export async function askDashboards(
  server: BenchServer,
  practices: readonly BenchPractice[],
  turns: number,
): Promise<Round> {
  const tookMs: number[] = []
  const startMs = performance.now()
  for (let turn = 0; turn < turns; turn += 1) {
    const practice = practices[(turn * 379) % practices.length]
    const caller = practice?.clinicians[0]
    if (caller === undefined) throw new Error('The bench practices have clinicians')
    const query = { limit: LIMIT, ...ASKED[turn % ASKED.length] }
    const beganMs = performance.now()
    const { sessions } = await server.handlers['dashboard.feed']({ query, params: undefined, body: undefined }, caller)
    tookMs.push(performance.now() - beganMs)
    if (sessions.length !== LIMIT) throw new Error(`A page of ${sessions.length} sessions`)
  }
  return { perSecond: turns / ((performance.now() - startMs) / 1000), tookMs }
}

/** The floor: the same page as one bare statement, no audit entry, nothing made of the rows. */
export async function askBare(server: BenchServer, practices: readonly BenchPractice[], turns: number): Promise<Round> {
  const tookMs: number[] = []
  const startMs = performance.now()
  for (let turn = 0; turn < turns; turn += 1) {
    const practice = practices[(turn * 379) % practices.length]
    if (practice === undefined) throw new Error('There are practices')
    const beganMs = performance.now()
    await server.database.inPractice(practice.id, (tx) => queryDashboard(tx, practice.id, { limit: LIMIT }).execute())
    tookMs.push(performance.now() - beganMs)
  }
  return { perSecond: turns / ((performance.now() - startMs) / 1000), tookMs }
}
