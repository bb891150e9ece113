import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg'

/** Lists of varying length make more texts than are worth keeping on a connection. */
const MAX_PREPARED = 300
/** SQLSTATE: also "cached plan must not change result type", when a newer server has migrated under this one. */
const PLAN_OUTDATED = '0A000'

/**
 * The pool as Kysely uses it, with every statement that has parameters prepared once for a connection. PostgreSQL
 * then parses it, adds the policies of row-level security and plans it once and not each time, which took longer
 * than running it. A pooler between must keep prepared statements (PgBouncer: `max_prepared_statements`).
 */
export function prepared(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const lent = known.get(client) ?? preparing(client)
      known.set(client, lent) // Kysely remembers connections by this object
      return lent
    },
  }
}

function preparing(client: PoolClient): PostgresPoolClient {
  const names = new Map<string, string>()
  let made = 0
  const nameOf = (text: string): string | undefined => {
    const name = names.get(text)
    if (name !== undefined || names.size >= MAX_PREPARED) return name
    made += 1
    names.set(text, `loupe_${made}`)
    return `loupe_${made}`
  }
  const query = async (text: string, parameters: readonly unknown[]): Promise<QueryResult> => {
    const name = parameters.length === 0 ? undefined : nameOf(text)
    try {
      return await client.query({ text, values: [...parameters], ...(name === undefined ? {} : { name }) })
    } catch (cause) {
      // Prepared anew under new names from here on; this one statement's transaction is lost, and tried again.
      if (cause instanceof DatabaseError && cause.code === PLAN_OUTDATED) names.clear()
      throw cause
    }
  }
  // No part of the server reads by cursor, the other form that Kysely's type has.
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
}
