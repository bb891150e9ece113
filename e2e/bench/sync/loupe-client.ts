import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Person } from '../../../server/contract/domain/people.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { openLiveSocket } from '../../../electron/live/live-socket.ts'
import { systemClock } from '../../../electron/platform/clock.ts'
import { createHttpsClient } from '../../../electron/platform/https-client.ts'
import { silentLogger } from '../../../electron/platform/logger.ts'
import { createServerApi } from '../../../electron/platform/server-api.ts'
import { write } from '../../../electron/store/db.ts'
import { openStore } from '../../../electron/store/open.ts'
import { getClientId } from '../../../electron/store/outbox/claim.ts'
import { countWaiting } from '../../../electron/store/outbox/outbox.ts'
import { findSession } from '../../../electron/store/sessions/sessions.ts'
import { aDecision } from '../../../electron/store/testing.ts'
import { decideLocally, HOLD_BACK_MS } from '../../../electron/sync/decide.ts'
import { startSyncEngine, type SyncEngine } from '../../../electron/sync/engine.ts'
import { createThreadedFetch } from '../../../electron/sync/fetch-rows.ts'
import { answer, arrivals, nowMs } from './peers/ask.mjs'

const Address = z.strictObject({ url: z.string(), ca: z.string(), person: Person })

/** The workstation's own store, engine and live socket, over TLS, without a window. */
const here = arrivals()
const state = {} as {
  db: ReturnType<typeof openStore>
  person: Person
  start: () => SyncEngine
  engine: SyncEngine
  live: ReturnType<typeof openLiveSocket> | undefined
  address: z.infer<typeof Address>
}
answer({
  async bootstrap({ url, dir }: { url: string; dir: string }) {
    const address = Address.parse(JSON.parse(url))
    const http = createHttpsClient(address.ca)
    const db = openStore(path.join(dir, 'store.db'), randomBytes(32))
    const { person } = address
    const api = createServerApi(http, address.url, async () => 'bench')
    const threads = createThreadedFetch(new URL('../../../electron/data/main.ts', import.meta.url))
    const start = () =>
      startSyncEngine({
        db,
        apiOf: () => api,
        clock: systemClock,
        logger: silentLogger,
        personId: () => person.id,
        isSignInExpired: () => false,
        isSocketUp: () => state.live?.isUp() ?? false,
        isLowOnDisk: () => false,
        fetchRows: threads.fetchRows, // as in the data process
        onChanges: () => seeNew(),
        onStatus: () => {},
      })
    Object.assign(state, { db, person, address, start, engine: start() })
    await until(() => isWhole(), 20) // asking costs eight queries: not so often that it slows what it measures
    return { rows: countRows() }
  },
  async write({ ids }: { ids: readonly string[] }) {
    await state.engine.stop()
    for (const id of ids) decide(id, 1)
  },
  async push() {
    state.engine = state.start()
    await until(() => countWaiting(state.db) === 0)
  },
  async follow() {
    const { db, person, address, engine } = state
    state.live = openLiveSocket({
      serverUrl: address.url,
      caFile: address.ca,
      clientId: write(db, (tx) => getClientId(tx, person.id)),
      token: async () => 'bench',
      onPoke: (seq) => engine.poked(seq),
      onChange: () => void engine.now(),
      logger: silentLogger,
    })
    await until(() => state.live?.isUp() ?? false)
  },
  await: ({ row, value }: { row: string; value: number }) => here.wait(row, value),
  /** From the moment when its time to be taken back (HOLD_BACK_MS) is over. */
  change({ row, value }: { row: string; value: number }) {
    const atMs = nowMs()
    decide(row, value)
    state.engine.queued()
    return { atMs }
  },
})

function decide(sessionId: string, value: number): void {
  write(state.db, (tx) => {
    const session = findSession(tx, sessionId) as ScanSession // a row that the bench wrote
    const args = aDecision(session, { notes: `${value}`, action: { kind: 'none' } })
    decideLocally(tx, args, { person: state.person, nowMs: Date.now() - HOLD_BACK_MS })
  })
}

/** What arrived since the last look: its session and the number in its notes. */
function seeNew(): void {
  const rows = state.db
    .prepare<[], { sessionId: string; notes: string }>(
      `SELECT session_id AS sessionId, body ->> '$.notes' AS notes FROM read ORDER BY rowid DESC LIMIT 5`,
    )
    .all()
  for (const { sessionId, notes } of rows) here.see(sessionId, Number(notes))
}

function isWhole(): boolean {
  const { copying, lastSyncedAtMs, pulling } = state.engine.status()
  return copying === null && lastSyncedAtMs !== null && !pulling
}

function countRows(): number {
  const tables = ['practice', 'person', 'patient', 'session', 'read', 'action']
  const count = (table: string) => state.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  return tables.reduce((sum, table) => sum + count(table), 0)
}

async function until(holds: () => boolean, everyMs = 2): Promise<void> {
  while (!holds()) await sleep(everyMs)
}
