import { Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../../migrations/registry.ts'
import type { Logger } from '../logger.ts'
import { installQueue, QUEUE_SCHEMA } from '../jobs/install.ts'
import { connectPool, kyselyOn } from './connect.ts'
import { grantQueueTo, grantTo } from './grants.ts'
import { assertServingRole } from './serving-role.ts'

/** Brings the schema up to date as its owner, then grants the serving role what it needs. Safe to repeat. */
export async function migrate(ownerUrl: string, appRole: string, log: Logger): Promise<readonly string[]> {
  const db = kyselyOn(connectPool(ownerUrl, { max: 2, statementTimeoutMs: 600_000 }))
  try {
    await assertServingRole(db, appRole)
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error instanceof Error ? error : new Error('Migration failed', { cause: error })
    const applied = (results ?? []).map((result) => result.migrationName)
    if (applied.length > 0) log.info('database.migrated', { count: applied.length })
    await installQueue(ownerUrl, log)
    await grantTo(db, appRole)
    await grantQueueTo(db, appRole, QUEUE_SCHEMA)
    return applied
  } finally {
    await db.destroy()
  }
}
