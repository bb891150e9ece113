import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg'
import { AppError } from '../../contract/errors.ts'
import { hasEnded } from './connect.ts'

/** Lists of varying length make more texts than are worth keeping on a connection. */
const MAX_PREPARED = 300
/** SQLSTATE: also "cached plan must not change result type", when a newer server has migrated under this one. */
const PLAN_OUTDATED = '0A000'

/** Begins a statement whose answer nobody reads: rows that are given, and cannot be missing. */
export const UNREAD_MARK = '/* unread */'
/** Begins the last statement of its transaction: the commit goes with it. */
export const LAST_MARK = '/* last */'
const SETS = /^(set (local|transaction) |select set_config\()/
const NO_ANSWER: QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] }

/**
 * The pool as Kysely uses it, with every statement that has parameters prepared once for a connection. PostgreSQL
 * then parses it, adds the policies of row-level security and plans it once and not each time, which took longer
 * than running it. A pooler between must keep prepared statements (PgBouncer: `max_prepared_statements`).
 *
 * On a pool with `pipeline`, a statement whose answer nobody reads is sent and not waited for, and the commit is sent
 * behind the last one: fewer waits. What is sent in one go leaves in one packet. When such a statement fails PostgreSQL
 * refuses the rest of the transaction, and its own failure is thrown in place of that refusal.
 */
export function prepared(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  const inPipeline = pool.options?.pipeline === true
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await connect(pool)
      const lent = known.get(client) ?? lentOut(client, inPipeline)
      known.set(client, lent) // Kysely remembers connections by this object
      return lent
    },
  }
}

/** Code of a connection that was not to be had in time: the pool's own words carry none. */
export const NO_CONNECTION = 'LOUPE_NO_CONNECTION'

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw cause instanceof Error && !('code' in cause) ? Object.assign(cause, { code: NO_CONNECTION }) : cause
  }
}

type Query = (text: string, parameters: readonly unknown[]) => Promise<QueryResult>

function lentOut(client: PoolClient, inPipeline: boolean): PostgresPoolClient {
  const send = preparing(client)
  const query = inPipeline ? pipelining(inPackets(client, send)) : send
  // No part of the server reads by cursor, the other form that Kysely's type has.
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
}

function preparing(client: PoolClient): Query {
  const names = new Map<string, string>()
  let made = 0
  const nameOf = (text: string): string | undefined => {
    const name = names.get(text)
    if (name !== undefined || names.size >= MAX_PREPARED) return name
    made += 1
    names.set(text, `loupe_${made}`)
    return `loupe_${made}`
  }
  return async (text, parameters) => {
    const name = parameters.length === 0 ? undefined : nameOf(text)
    try {
      return await client.query({ text, values: [...parameters], ...(name === undefined ? {} : { name }) })
    } catch (cause) {
      // Prepared anew under new names from here on; this one statement's transaction is lost, and tried again.
      if (cause instanceof DatabaseError && cause.code === PLAN_OUTDATED) names.clear()
      // The driver's own words for it carry no code, and the database may be back in a moment.
      if (hasEnded(client) && !(cause instanceof DatabaseError)) throw new AppError('server.busy', {}, { cause })
      throw cause
    }
  }
}

/** What is sent before the code waits again leaves in one system call: each wakes PostgreSQL, and cost more than all of Kysely. */
function inPackets(client: PoolClient, send: Query): Query {
  let corked = false
  return (text, parameters) => {
    const { stream } = client.connection // another one than before TLS
    if (!corked) {
      corked = true
      stream.cork()
      process.nextTick(() => {
        corked = false
        stream.uncork()
      })
    }
    return send(text, parameters)
  }
}

function pipelining(send: Query): Query {
  /** A `begin` that has not been sent: it goes with the statement that says whose transaction it is. */
  let isBegun = false
  /** Of the present transaction: rejects when a statement that nobody waited for has failed. */
  let unread: Promise<unknown> = Promise.resolve()
  /** The commit that went with the last statement. */
  let committed: Promise<QueryResult> | undefined
  const sendUnread = (text: string, parameters: readonly unknown[] = []): QueryResult => {
    unread = Promise.all([unread, send(text, parameters)])
    unread.catch(() => {}) // heard below, by a later statement
    return NO_ANSWER
  }
  const orUnread = async (answer: Promise<QueryResult>): Promise<QueryResult> => {
    try {
      return await answer
    } catch (cause) {
      await unread
      throw cause
    }
  }
  const end = async (text: string): Promise<QueryResult> => {
    const sent = committed
    committed = undefined
    if (sent !== undefined) return sent
    if (text === 'rollback') return send(text, [])
    await unread // a commit after a failure rolls back and does not say why
    return send(text, [])
  }
  return async (text, parameters) => {
    if (text === 'begin') {
      ;[isBegun, unread, committed] = [true, Promise.resolve(), undefined]
      return NO_ANSWER
    }
    if (isBegun) {
      isBegun = false
      if (SETS.test(text) && parameters.length === 0) return sendUnread(`begin; ${text}`)
      sendUnread('begin')
    }
    if (text === 'commit' || text === 'rollback') return end(text)
    if (committed !== undefined) throw new Error('The transaction has ended with the statement before')
    if (SETS.test(text) || text.startsWith(UNREAD_MARK)) return sendUnread(text, parameters)
    const answer = orUnread(send(text, parameters))
    if (text.startsWith(LAST_MARK)) {
      committed = send('commit', [])
      committed.catch(() => {}) // heard by whoever commits or rolls back
    }
    return answer
  }
}
