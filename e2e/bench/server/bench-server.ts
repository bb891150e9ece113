import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { createHandlers } from '../../../server/modules/handlers.ts'
import type { ModuleDeps } from '../../../server/modules/deps.ts'
import { systemClock } from '../../../server/platform/clock.ts'
import { startEmbedded } from '../../../server/platform/database/embedded.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { serveDatabase } from '../../../server/platform/database/open.ts'
import type { Jobs } from '../../../server/platform/jobs/jobs.ts'
import { silentLogger } from '../../../server/platform/logger.ts'
import { openFolderStore } from '../../../server/platform/objects/folder/folder-store.ts'

export type BenchServer = Awaited<ReturnType<typeof openBenchServer>>

/**
 * The server's modules on the PostgreSQL that the product starts for itself, with its own settings (every commit waits
 * for the disk). No HTTP and no TLS; no background work runs beside.
 */
export async function openBenchServer() {
  const folder = await mkdtemp(path.join(tmpdir(), 'loupe-bench-server-'))
  const cluster = await startEmbedded({ dir: path.join(folder, 'server'), log: silentLogger })
  await migrate(cluster.ownerUrl, 'loupe_app', silentLogger)
  const database = serveDatabase(cluster.url, silentLogger)
  const objects = await openFolderStore({
    root: path.join(folder, 'objects'),
    secret: randomBytes(32),
    clock: systemClock,
    publicUrl: () => 'https://127.0.0.1:1',
  })
  const deps: ModuleDeps = {
    database,
    objects,
    jobs: NO_JOBS,
    clock: systemClock,
    log: silentLogger,
    announce: () => {},
  }
  const superuser = new Client({ connectionString: cluster.superuserUrl.replace(/\/postgres(?=\?|$)/, '/loupe') })
  await superuser.connect()
  return {
    database,
    deps,
    handlers: createHandlers(deps),
    /** Past every policy: fills and looks, never what is measured. */
    superuser,
    url: cluster.url,
    close: async () => {
      await superuser.end()
      await database.close()
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const unused = (): never => {
  throw new Error('The bench needs no background work')
}
const NO_JOBS: Jobs = { send: unused, wake: unused, work: unused, repeat: unused, stop: () => Promise.resolve() }
