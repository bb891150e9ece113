import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Logger } from '../logger.ts'
import { connectPool, kyselyOn } from './connect.ts'
import type { Credential, Database, PresenceRow, RawDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { meaningOf } from './failures.ts'
import { migrate } from './migrate.ts'
import { createPracticeShare } from './practice-share.ts'
import { prepared } from './prepared.ts'
import type { Tables } from './tables.ts'

const REACHABLE_WITHIN_MS = 3_000
const CONNECTIONS = 16
const CONNECTIONS_OF_ONE_PRACTICE = 12
const WAIT_FOR_ONE_MS = 10_000

/** The database with what the composition root hands on: the job queue needs the address, the demo's sign-in the tables. */
export type OpenDatabase = Database & { readonly url: string; readonly raw: RawDatabase }

type Options = {
  /** The `--data` folder: the cluster lies in `server/postgres` under it. */
  readonly dataDir: string
  /** A given PostgreSQL, as the serving role; without it the server starts its own. */
  readonly url?: string | undefined
  /** The same database as its owner, for migrations; required with `url`. */
  readonly ownerUrl?: string | undefined
  readonly log: Logger
}

/** Starts or reaches PostgreSQL, migrates it as its owner, and serves it as a role that owns nothing. */
export async function openDatabase(options: Options): Promise<OpenDatabase> {
  const { dataDir, url, ownerUrl, log } = options
  if (url !== undefined) {
    if (ownerUrl === undefined) throw new Error('LOUPE_DATABASE_URL needs LOUPE_DATABASE_OWNER_URL for migrations')
    return await migrateAndServe({ url, ownerUrl, log, stop: () => Promise.resolve() })
  }
  const cluster = await startEmbedded({ dir: path.join(dataDir, 'server'), log })
  try {
    return await migrateAndServe({ ...cluster, log })
  } catch (cause) {
    await cluster.stop()
    throw cause
  }
}

type Place = { url: string; ownerUrl: string; log: Logger; stop: () => Promise<void> }

async function migrateAndServe(place: Place): Promise<OpenDatabase> {
  const database = serveDatabase(place.url, place.log)
  try {
    const role = await sql<{ name: string }>`select current_user as name`.execute(database.raw)
    await migrate(place.ownerUrl, role.rows[0]?.name ?? '', place.log)
  } catch (cause) {
    await database.close()
    throw cause
  }
  return {
    ...database,
    close: async () => {
      await database.close()
      await place.stop()
    },
  }
}

/** A pool on a migrated database. */
export function serveDatabase(url: string, log: Logger): OpenDatabase {
  const pool = connectPool(url, { max: CONNECTIONS, statementTimeoutMs: 5_000, waitMs: WAIT_FOR_ONE_MS })
  // A connection that breaks while idle: the pool replaces it, and the next user never sees it.
  pool.on('error', (cause) => log.error('database.idle-connection', cause))
  const database = serveOn(kyselyOn(prepared(pool)), url)
  const inShareOf = createPracticeShare(CONNECTIONS_OF_ONE_PRACTICE, WAIT_FOR_ONE_MS)
  return {
    ...database,
    inPractice: (practiceId, work) => inShareOf(practiceId, () => database.inPractice(practiceId, work)),
  }
}

/** Of `serveDatabase`, on connections that the caller made: the simulator decides when each statement runs. */
export function serveOn(db: RawDatabase, url: string): OpenDatabase {
  return {
    url,
    raw: db,
    inPractice: (practiceId, work) =>
      inTransaction(db, async (tx) => {
        await sql`set local app.practice = ${sql.lit(practiceId)}`.execute(tx)
        return work(tx)
      }),
    withCredential: (credential, work) =>
      inTransaction(db, async (tx) => {
        await sql`set transaction read only`.execute(tx)
        await setCredential(tx, credential)
        return work(tx)
      }),
    listPracticeIds: async () => {
      const { rows } = await sql<{ id: PracticeId }>`select list_practice_ids() as id`.execute(db)
      return rows.map((row) => row.id)
    },
    listFeedPositions: async (practiceIds) => {
      const { rows } = await sql<{ practiceId: PracticeId; seq: number }>`
        select practice_id as "practiceId", seq from list_feed_positions(${practiceIds}::uuid[])`.execute(db)
      return rows
    },
    listPresence: async (practiceIds, sinceMs) => {
      const { rows } = await sql<PresenceRow>`
        select practice_id as "practiceId", person_id as "personId", session_id as "sessionId", since_ms as "sinceMs"
          from list_presence(${practiceIds}::uuid[], ${sinceMs}::bigint) order by practice_id, person_id`.execute(db)
      return rows
    },
    forgetPresence: async (beforeMs) => {
      await sql`select forget_presence(${beforeMs}::bigint)`.execute(db)
    },
    isReachable: () =>
      Promise.race([
        sql`select 1`.execute(db).then(
          () => true,
          () => false, // the caller asks precisely whether this fails
        ),
        sleep(REACHABLE_WITHIN_MS, false, { ref: false }), // a database that hangs answers nothing at all
      ]),
    close: () => db.destroy(),
  }
}

async function setCredential(tx: Transaction<Tables>, credential: Credential): Promise<void> {
  if (credential.kind === 'intake-key') {
    await sql`select set_config('app.intake_key_hash', ${credential.secretHash}, true)`.execute(tx)
    return
  }
  await sql`select set_config('app.issuer', ${credential.issuer}, true),
                   set_config('app.subject', ${credential.subject}, true)`.execute(tx)
}

async function inTransaction<T>(db: RawDatabase, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(work)
  } catch (cause) {
    throw meaningOf(cause)
  }
}
