import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { silentLogger } from '../logger.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

/** Vitest's global set-up: one real PostgreSQL for the run, migrated once; each test file copies the database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(path.join(tmpdir(), 'loupe-test-cluster-'))
  const cluster = await startEmbedded({ dir: path.join(dir, 'server'), log: silentLogger, durable: false })
  await migrate(cluster.ownerUrl, 'loupe_app', silentLogger)
  const { superuserUrl, ownerUrl, url } = cluster
  project.provide('postgres', { superuserUrl, ownerUrl, url })
  return async () => {
    await cluster.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
