import { randomBytes } from 'node:crypto'
import { Client, type QueryResult } from 'pg'
import { inject } from 'vitest'
import { silentLogger } from '../logger.ts'
import { type OpenDatabase, serveDatabase } from './open.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging into Vitest's own interface needs one
  interface ProvidedContext {
    /** Addresses on the cluster of this run; set by test-cluster.ts. */
    postgres: { superuserUrl: string; ownerUrl: string; url: string }
  }
}

export type TestDatabase = OpenDatabase & {
  readonly ownerUrl: string
  readonly superuserUrl: string
  /** Closes the pool and drops the database. */
  drop(): Promise<void>
}

/** A database of its own for one test file, copied from the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const given = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(given.superuserUrl, `create database ${name} template loupe owner loupe_owner`)
  const at = (url: string) => url.replace(/\/(?:loupe|postgres)(?=\?|$)/, `/${name}`)
  const database = serveDatabase(at(given.url), silentLogger)
  return {
    ...database,
    ownerUrl: at(given.ownerUrl),
    superuserUrl: at(given.superuserUrl),
    drop: async () => {
      await database.close()
      await asSuperuser(given.superuserUrl, `drop database ${name} with (force)`)
    },
  }
}

/** One statement with all rights: what an attacker with the database's own password could do. */
export async function asSuperuser(url: string, statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}
