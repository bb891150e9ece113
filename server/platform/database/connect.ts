import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import { type CustomTypesConfig, Pool, type PoolClient, types as driverTypes } from 'pg'
import type { Tables } from './tables.ts'

/** Type numbers of PostgreSQL's catalogue. */
const INT8 = 20
const DATE = 1082

/** bigint as a number (ours stay far below 2^53), a day as its text: a Date object would shift it by the time zone. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: (text) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError('A bigint does not fit a number')
    return value
  },
  [DATE]: (text) => text,
}

/** How every connection reads columns. */
export const columnTypes: CustomTypesConfig = {
  // The driver's own table serves every other type; its declarations give the result no name.
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (PARSERS[oid] ?? driverTypes.getTypeParser(oid, format)) as never,
}

const ENDED = new WeakSet<PoolClient>()

/** Of a connection of {@link connectPool}: whoever asks it now gets no answer any more. */
export function hasEnded(client: PoolClient): boolean {
  return ENDED.has(client)
}

export type PoolLimits = {
  readonly max: number
  readonly statementTimeoutMs: number
  /** How long to wait for a connection: while all are lent out, and while a new one is being made. */
  readonly waitMs?: number
}

export function connectPool(url: string, limits: PoolLimits): Pool {
  const pool = new Pool({
    connectionString: url,
    types: columnTypes,
    max: limits.max,
    connectionTimeoutMillis: limits.waitMs ?? 10_000,
    lock_timeout: 2_000,
    statement_timeout: limits.statementTimeoutMs,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'loupe',
    pipeline: true, // statements are sent without waiting for the one before, where nobody awaits it: see prepared.ts
  })
  // A connection that ends while it is lent out and between two queries: its user meets the failure in the next
  // query. Without a listener the event itself would end the whole process; the pool listens to idle ones alone.
  pool.on('connect', (client) => client.on('error', () => ENDED.add(client)))
  // And it hands on what it hears from those: of one that ends while the pool is being closed, too, which is done before
  // its sockets are. Nobody uses them; whoever wants to know listens as well.
  pool.on('error', () => {})
  return pool
}

export function kyselyOn(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
