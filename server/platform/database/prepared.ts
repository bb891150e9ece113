import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg'

/** Lists of varying length make more texts than are worth keeping on a connection. */
const MAX_PREPARED = 300
/** SQLSTATE: also "cached plan must not change result type", when a newer server has migrated under this one. */
const PLAN_OUTDATED = '0A000'

/** What only makes ready for the next statement: nobody reads its answer. */
const UNREAD = /^(begin$|select set_config\()/
const NO_ANSWER: QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] }

/**
 * The pool as Kysely uses it, with every statement that has parameters prepared once for a connection. PostgreSQL
 * then parses it, adds the policies of row-level security and plans it once and not each time, which took longer
 * than running it. A pooler between must keep prepared statements (PgBouncer: `max_prepared_statements`).
 *
 * On a pool with `pipeline`, a statement whose answer nobody reads is sent and not waited for: one wait less. When it
 * fails PostgreSQL refuses the rest of the transaction, and its own failure is thrown in place of that refusal.
 */
export function prepared(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  const inPipeline = pool.options?.pipeline === true
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const lent = known.get(client) ?? preparing(client, inPipeline)
      known.set(client, lent) // Kysely remembers connections by this object
      return lent
    },
  }
}

function preparing(client: PoolClient, inPipeline: boolean): PostgresPoolClient {
  const names = new Map<string, string>()
  let made = 0
  const nameOf = (text: string): string | undefined => {
    const name = names.get(text)
    if (name !== undefined || names.size >= MAX_PREPARED) return name
    made += 1
    names.set(text, `loupe_${made}`)
    return `loupe_${made}`
  }
  const send = async (text: string, parameters: readonly unknown[]): Promise<QueryResult> => {
    const name = parameters.length === 0 ? undefined : nameOf(text)
    try {
      return await client.query({ text, values: [...parameters], ...(name === undefined ? {} : { name }) })
    } catch (cause) {
      // Prepared anew under new names from here on; this one statement's transaction is lost, and tried again.
      if (cause instanceof DatabaseError && cause.code === PLAN_OUTDATED) names.clear()
      throw cause
    }
  }
  /** Of the present transaction: rejects when a statement that nobody waited for has failed. */
  let unread: Promise<unknown> = Promise.resolve()
  const query = async (text: string, parameters: readonly unknown[]): Promise<QueryResult> => {
    if (inPipeline && UNREAD.test(text)) {
      const earlier = text === 'begin' ? Promise.resolve() : unread
      unread = Promise.all([earlier, send(text, parameters)])
      unread.catch(() => {}) // heard below, by the next statement
      return NO_ANSWER
    }
    // A commit after a failure rolls back and says nothing of it.
    if (text === 'commit') await unread
    try {
      return await send(text, parameters)
    } catch (cause) {
      if (text !== 'rollback') await unread
      throw cause
    }
  }
  // No part of the server reads by cursor, the other form that Kysely's type has.
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
}
