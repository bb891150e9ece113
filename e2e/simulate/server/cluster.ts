import { Client } from 'pg'
import { columnTypes } from '../../../server/platform/database/connect.ts'
import { openConnections } from './connections.ts'
import { copyDatabase, openPostgres } from './postgres.ts'
import type { ListBlockers } from './statement-gate.ts'

export type Cluster = Awaited<ReturnType<typeof startCluster>>

/** A database of a real PostgreSQL for the process. */
export async function startCluster() {
  const postgres = await openPostgres()
  try {
    const { superuserUrl, url, drop } = await copyDatabase(postgres)
    const watcher = new Client({ connectionString: superuserUrl, types: columnTypes })
    await watcher.connect()
    const connections = await openConnections(url)
    const listBlockers: ListBlockers = async (pids) => {
      if (pids.length === 0) return new Map()
      const { rows } = await watcher.query<{ pid: number; by: number[] }>(
        'select pid, pg_blocking_pids(pid) as by from unnest($1::int[]) as pid',
        [pids],
      )
      return new Map(rows.filter(({ by }) => by.length > 0).map(({ pid, by }) => [pid, by]))
    }
    const { rows: tables } = await watcher.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.columns
        where table_schema = 'public' and column_name = 'practice_id' order by 1`,
    )
    const names = tables.map(({ name }) => name)
    await watcher.query('set session_replication_role = replica') // it empties tables in any order
    const state = { emptied: 0 }
    return {
      url,
      /** Nothing of an earlier run is there: the same seed finds the same again. Rows that are only deleted pile up. */
      empty: async (): Promise<void> => {
        state.emptied += 1
        if (state.emptied % TRUNCATE_EVERY === 0) await watcher.query(`truncate ${names.join(', ')}`)
        else await watcher.query(names.map((name) => `delete from ${name}`).join('; '))
      },
      connections,
      listBlockers,
      /** Reads behind the server's back, past row-level security. */
      look: async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
        (await watcher.query(text, [...values])).rows as Row[], // the caller states the columns of its own query
      stop: async () => {
        await connections.close()
        await watcher.end()
        await drop()
        await postgres.stop()
      },
    }
  } catch (cause) {
    await postgres.stop()
    throw cause
  }
}

/** Runs. */
const TRUNCATE_EVERY = 50
