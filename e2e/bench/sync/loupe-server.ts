import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { v7 } from 'uuid'
import { PracticeId } from '../../../server/contract/domain/ids.ts'
import { createHandlers } from '../../../server/modules/handlers.ts'
import type { ModuleDeps } from '../../../server/modules/deps.ts'
import { registerPractice } from '../../../server/modules/people/service.ts'
import type { PersonPrincipal } from '../../../server/http/handler.ts'
import { createHttp } from '../../../server/http/create-http.ts'
import { healthHandlers } from '../../../server/http/health.ts'
import { signInHandlers } from '../../../server/http/sign-in/sign-in-info.ts'
import { systemClock } from '../../../server/platform/clock.ts'
import { startEmbedded } from '../../../server/platform/database/embedded.ts'
import { openDatabase } from '../../../server/platform/database/open.ts'
import { openJobs } from '../../../server/platform/jobs/jobs.ts'
import { silentLogger } from '../../../server/platform/logger.ts'
import { openFolderStore } from '../../../server/platform/objects/folder/folder-store.ts'
import { getDemoTls } from '../../../server/platform/secrets/demo-tls.ts'
import { answer } from './peers/ask.mjs'
import { seedPractice } from './seed-practice.ts'

const RATES = { perPrincipal: 1e9, openPerAddress: 1e9, failedSignInsPerAddress: 1e9, atOncePerPrincipal: 1e9 }

/** The whole server over TLS on its own PostgreSQL; only sign-in is stood in for: every bearer is the one clinician. */
answer({
  async start({ rows, dir }: { rows: string; dir: string }) {
    await mkdir(path.join(dir, 'objects'), { recursive: true })
    const clock = systemClock
    const log = silentLogger
    const cluster = await startEmbedded({ dir: path.join(dir, 'server'), log })
    const database = await openDatabase({ dataDir: dir, url: cluster.url, ownerUrl: cluster.ownerUrl, log })
    const jobs = await openJobs({ url: database.url, log })
    const late = { poke: (() => {}) as ModuleDeps['announce'] }
    const publicUrl = () => 'https://127.0.0.1:1'
    const objects = await openFolderStore({
      root: path.join(dir, 'objects'),
      secret: Buffer.alloc(32),
      clock,
      publicUrl,
    })
    const announce: ModuleDeps['announce'] = (practice, seq) => late.poke(practice, seq)
    const deps: ModuleDeps = { database, objects, jobs, clock, log, announce }
    const practiceId = PracticeId.parse(v7())
    await registerPractice(deps, { id: practiceId, name: 'Bench' })
    const clinician = await seedPractice(database, practiceId, rows)
    await analyse(cluster.ownerUrl)
    const principal: PersonPrincipal = { kind: 'person', practiceId, personId: clinician.id, roles: clinician.roles }
    const http = await createHttp({
      tls: await getDemoTls(path.join(dir, 'tls'), clock.nowMs()),
      handlers: {
        ...createHandlers(deps),
        ...healthHandlers({ database, objects }),
        ...signInHandlers({ issuer: 'https://issuer', clientId: 'bench', audience: 'bench', demo: false }),
      },
      identify: async () => principal,
      audit: { record: async () => {} },
      log,
      objects: undefined,
      rates: RATES,
    })
    late.poke = http.poke
    const { port } = await http.listen('127.0.0.1', 0)
    process.once(
      'SIGTERM',
      () =>
        void http
          .close()
          .then(() => jobs.stop())
          .then(() => database.close())
          .then(() => cluster.stop())
          .then(() => process.exit(0)),
    )
    const ca = path.join(dir, 'tls', 'ca.pem')
    return { url: JSON.stringify({ url: `https://127.0.0.1:${port}`, ca, person: clinician }) }
  },
})

/** As a running database has long done by itself: statements planned on empty tables read them from end to end. */
async function analyse(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze')
  await owner.end()
}
