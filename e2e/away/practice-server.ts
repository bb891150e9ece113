import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { PracticeId } from '../../server/contract/domain/ids.ts'
import { createHttp } from '../../server/http/create-http.ts'
import type { PersonPrincipal } from '../../server/http/handler.ts'
import { healthHandlers } from '../../server/http/health.ts'
import { signInHandlers } from '../../server/http/sign-in/sign-in-info.ts'
import type { ModuleDeps } from '../../server/modules/deps.ts'
import { createHandlers } from '../../server/modules/handlers.ts'
import { registerPractice } from '../../server/modules/people/service.ts'
import { prune } from '../../server/modules/sync/prune.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import { openJobs } from '../../server/platform/jobs/jobs.ts'
import { silentLogger } from '../../server/platform/logger.ts'
import { openFolderStore } from '../../server/platform/objects/folder/folder-store.ts'
import { getDemoTls } from '../../server/platform/secrets/demo-tls.ts'
import { writeRows } from '../bench/sync/rows.ts'
import { seedPractice } from '../bench/sync/seed-practice.ts'

/**
 * The whole server over TLS on its own PostgreSQL, with a practice that has grown and a clock that a test moves. Only
 * sign-in is stood in for: every bearer is the one clinician.
 */
export async function startPracticeServer(rowCount: number, clock: { nowMs(): number }) {
  const dir = await mkdtemp(path.join(tmpdir(), 'loupe-away-'))
  await mkdir(path.join(dir, 'objects'), { recursive: true })
  const log = silentLogger
  const database = await openDatabase({ dataDir: dir, url: undefined, ownerUrl: undefined, log })
  const jobs = await openJobs({ url: database.url, log })
  const objects = await openFolderStore({
    root: path.join(dir, 'objects'),
    secret: Buffer.alloc(32),
    clock,
    publicUrl: () => 'https://127.0.0.1:1',
  })
  const deps: ModuleDeps = { database, objects, jobs, clock, log, announce: () => {} }
  const practiceId = PracticeId.parse(v7())
  await registerPractice(deps, { id: practiceId, name: 'Away' })
  const { readableIds } = await writeRows(path.join(dir, 'rows.jsonl'), rowCount)
  const clinician = await seedPractice(database, practiceId, path.join(dir, 'rows.jsonl'))
  const principal: PersonPrincipal = { kind: 'person', practiceId, personId: clinician.id, roles: clinician.roles }
  const handlers = createHandlers(deps, { draw: () => false })
  const http = await createHttp({
    tls: await getDemoTls(path.join(dir, 'tls'), Date.now()),
    handlers: {
      ...handlers,
      ...healthHandlers({ database, objects }),
      ...signInHandlers({ issuer: 'https://issuer', clientId: 'away', audience: 'away', demo: false }),
    },
    identify: async () => principal,
    audit: { record: async () => {} },
    log,
    objects: undefined,
    rates: { perPrincipal: 1e9, openPerAddress: 1e9, failedSignInsPerAddress: 1e9, atOncePerPrincipal: 1e9 },
  })
  const { port } = await http.listen('127.0.0.1', 0)
  return {
    url: `https://127.0.0.1:${port}`,
    caFile: path.join(dir, 'tls', 'ca.pem'),
    clinician,
    principal,
    practiceId,
    database,
    handlers,
    /** Scans that may be read. */
    sessionIds: readableIds,
    /** What the nightly job does. */
    prune: () => prune({ database, log }, clock.nowMs()),
    stop: async () => {
      await http.close()
      await jobs.stop()
      await database.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
