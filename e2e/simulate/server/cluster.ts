import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from '../../../server/platform/database/embedded.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { columnTypes } from '../../../server/platform/database/connect.ts'
import { silentLogger } from '../../../server/platform/logger.ts'
import { openConnections } from './connections.ts'
import type { ListBlockers } from './statement-gate.ts'

export type Cluster = Awaited<ReturnType<typeof startCluster>>

/** One real PostgreSQL for the process, migrated as in production; nothing of it outlives a power cut, and it is the faster for it. */
export async function startCluster() {
  const dir = await mkdtemp(path.join(tmpdir(), 'loupe-simulate-'))
  const cluster = await startEmbedded({ dir: path.join(dir, 'server'), log: silentLogger, durable: false })
  process.once('exit', () => rmSync(dir, { recursive: true, force: true })) // after the cluster's own last resort
  try {
    await migrate(cluster.ownerUrl, 'loupe_app', silentLogger)
    const watcher = await connectWatcher(cluster.superuserUrl)
    // Two who wait for each other are told at once, not after a second of the real clock.
    for (const setting of [
      "deadlock_timeout = '1ms'",
      'synchronous_commit = off',
      'full_page_writes = off',
      'autovacuum = off',
    ])
      await watcher.query(`alter system set ${setting}`)
    await watcher.query('select pg_reload_conf()')
    const connections = await openConnections(cluster.url)
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
      url: cluster.url,
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
        await cluster.stop()
      },
    }
  } catch (cause) {
    await cluster.stop()
    throw cause
  }
}

/** Runs. */
const TRUNCATE_EVERY = 50

async function connectWatcher(superuserUrl: string): Promise<Client> {
  const client = new Client({
    connectionString: superuserUrl.replace(/\/postgres(?=\?|$)/, '/loupe'),
    types: columnTypes,
  })
  await client.connect()
  return client
}
