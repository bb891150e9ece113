import { Client, type Pool } from 'pg'
import type { Kysely } from 'kysely'
import type { Tables } from '../../../server/platform/database/tables.ts'
import { columnTypes, kyselyOn } from '../../../server/platform/database/connect.ts'
import { prepared } from '../../../server/platform/database/prepared.ts'
import { type StatementGate, visits } from './statement-gate.ts'

export type GateConnection = {
  readonly pid: number
  /** Inside a transaction. */
  isOpen(): boolean
  /** Of a server that has ended. */
  rollBack(): Promise<void>
}

/** Transactions that may stand still at once, and those that wait for them. */
const CONNECTION_COUNT = 24
/** A held transaction keeps its locks for as long as the run wants: time limits are the real clock's. */
const PATIENT = 'set lock_timeout = 0; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0'

type Seat = GateConnection & {
  query(text: string | { text: string }, values?: unknown[]): Promise<unknown>
  release(): void
}

/** Connected once for the process, before time is simulated; lent out in a fixed order. */
export async function openConnections(url: string) {
  const clients: Client[] = []
  for (let i = 0; i < CONNECTION_COUNT; i += 1) {
    const client = new Client({ connectionString: url, types: columnTypes })
    client.on('error', () => {}) // met by the next query
    await client.connect()
    await client.query(PATIENT)
    clients.push(client)
  }
  return {
    /** What the server's modules use, each statement through the gate. */
    kyselyThrough: (gate: StatementGate): Kysely<Tables> => {
      const free = clients.map((client) => seatOf(client, gate, (seat) => void free.unshift(seat)))
      const pool = {
        connect: async () => {
          if (visits.getStore()?.dead === true)
            throw Object.assign(new Error('the server has ended'), { code: 'ECONNRESET' })
          const seat = free.shift()
          if (seat === undefined) throw new Error('more transactions at once than the simulator has connections')
          return seat
        },
        end: async () => {},
      }
      return kyselyOn(prepared(pool as unknown as Pool)) // no more is asked of a pool
    },
    close: async () => {
      for (const client of clients) await client.end()
    },
  }
}

function seatOf(client: Client, gate: StatementGate, giveBack: (seat: Seat) => void): Seat {
  const state = { open: false }
  const run = async (text: string, what: unknown, values: unknown[] | undefined): Promise<unknown> => {
    if (text.startsWith('begin') || text.startsWith('start transaction')) state.open = true
    try {
      return await client.query(what as never, values as never)
    } finally {
      if (text === 'commit' || text === 'rollback') state.open = false
    }
  }
  const seat: Seat = {
    pid: (client as unknown as { processID: number }).processID, // undocumented, and what PostgreSQL knows the connection by
    isOpen: () => state.open,
    rollBack: async () => {
      if (!state.open) return
      state.open = false
      await client.query('rollback')
    },
    query: (text, values) => {
      const statement = typeof text === 'string' ? text : text.text
      const visit = visits.getStore()
      return visit === undefined
        ? run(statement, text, values)
        : gate.ask(visit, seat, statement, () => run(statement, text, values))
    },
    release: () => giveBack(seat),
  }
  return seat
}
