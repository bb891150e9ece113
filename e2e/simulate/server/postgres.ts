import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import { startEmbedded } from '../../../server/platform/database/embedded.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { silentLogger } from '../../../server/platform/logger.ts'

const Addresses = z.strictObject({ superuserUrl: z.url(), url: z.url() })
/** Of a PostgreSQL whose database `loupe` is migrated and served by nobody: to be copied. */
export type Addresses = z.infer<typeof Addresses>
export type Postgres = Addresses & { stop(): Promise<void> }

/** To make a PostgreSQL takes as long as ten runs: somebody who starts many simulators makes one for all of them. */
const SHARED = 'LOUPE_SIMULATE_POSTGRES'
export const sharedBy = ({ superuserUrl, url }: Addresses) => ({ [SHARED]: JSON.stringify({ superuserUrl, url }) })

/** The one that was made for all, or one of our own. */
export async function openPostgres(): Promise<Postgres> {
  const shared = process.env[SHARED]
  if (shared === undefined) return startPostgres()
  return { ...Addresses.parse(JSON.parse(shared)), stop: async () => {} }
}

/** Migrated as in production; nothing of it outlives a power cut, and it is the faster for it. */
export async function startPostgres(): Promise<Postgres> {
  const dir = await mkdtemp(path.join(tmpdir(), 'loupe-simulate-'))
  const cluster = await startEmbedded({ dir: path.join(dir, 'server'), log: silentLogger, durable: false })
  process.once('exit', () => rmSync(dir, { recursive: true, force: true })) // after the cluster's own last resort
  try {
    await migrate(cluster.ownerUrl, 'loupe_app', silentLogger)
    await withClient(cluster.superuserUrl, async (client) => {
      // Two who wait for each other are told at once, not after a second of the real clock.
      for (const setting of [
        "deadlock_timeout = '1ms'",
        'synchronous_commit = off',
        'full_page_writes = off',
        'autovacuum = off',
      ])
        await client.query(`alter system set ${setting}`)
      await client.query('select pg_reload_conf()')
    })
    return cluster
  } catch (cause) {
    await cluster.stop()
    throw cause
  }
}

/** A database of one's own, until it is dropped. */
export async function copyDatabase({
  superuserUrl,
  url,
}: Addresses): Promise<Addresses & { readonly drop: () => Promise<void> }> {
  const name = `simulate_${randomBytes(6).toString('hex')}`
  const run = (statement: string) => withClient(superuserUrl, (client) => client.query(statement))
  await run(`create database ${name} template loupe owner loupe_owner`)
  const at = (address: string) => address.replace(/\/(?:loupe|postgres)(?=\?|$)/, `/${name}`)
  return { superuserUrl: at(superuserUrl), url: at(url), drop: () => run(`drop database ${name} with (force)`) }
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
