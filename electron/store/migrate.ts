import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { MIGRATIONS } from './migrations/registry.ts'

/** Each migration in its own transaction with the version, so that a kill between them leaves a whole schema. */
export function migrate(db: Database): void {
  const current = Number(db.pragma('user_version', { simple: true }))
  const newest = MIGRATIONS.at(-1)?.version ?? 0
  if (current > newest) throw new AppError('internal', { reason: 'store-from-newer-version', version: current })
  for (const migration of MIGRATIONS) {
    if (migration.version <= current) continue
    db.transaction(() => {
      db.exec(migration.up)
      db.pragma(`user_version = ${migration.version}`)
    }).immediate()
  }
}
