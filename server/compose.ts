import { join } from 'node:path'
import { AppError } from './contract/errors.ts'
import { startDemo } from './demo/start-demo.ts'
import { createHttp } from './http/create-http.ts'
import { healthHandlers } from './http/health.ts'
import { createIdentify, type Identify } from './http/sign-in/identify.ts'
import { createPersonCache } from './http/sign-in/person-cache.ts'
import { signInHandlers } from './http/sign-in/sign-in-info.ts'
import { createVerifyToken, issuerKeys } from './http/sign-in/verify-token.ts'
import { appendAudit } from './modules/audit/service.ts'
import type { Announce, ModuleDeps } from './modules/deps.ts'
import { createHandlers } from './modules/handlers.ts'
import { findIntakeCaller } from './modules/intake-keys/service.ts'
import { findPersonByCredential } from './modules/people/service.ts'
import { presenceOf } from './modules/presence/service.ts'
import { processPhoto, stopDecoding } from './modules/photos/service.ts'
import { startWork } from './modules/work.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { openDatabase } from './platform/database/open.ts'
import { openJobs } from './platform/jobs/jobs.ts'
import type { Logger } from './platform/logger.ts'
import { openObjects } from './platform/objects/open-objects.ts'
import { getServerSecret } from './platform/secrets/server-secret.ts'
import { getTls } from './platform/secrets/get-tls.ts'

export type RunningServer = { readonly url: string; readonly caPath: string | null; close(): Promise<void> }

/** Puts the parts together and listens. What was opened is closed in the opposite order, also when a later part fails. */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const closers: (() => Promise<void> | void)[] = []
  const close = () => closeAll(closers.splice(0).toReversed())
  try {
    return { ...(await open(config, log, closers)), close }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** One part that cannot be closed keeps none of the others open. @throws the first failure, at the end */
async function closeAll(closers: readonly (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = []
  for (const closer of closers) {
    try {
      await closer()
    } catch (cause) {
      failures.push(cause)
    }
  }
  const [first] = failures
  if (first !== undefined) throw first instanceof Error ? first : AppError.from(first)
}

async function open(
  config: Config,
  log: Logger,
  closers: (() => Promise<void> | void)[],
): Promise<Pick<RunningServer, 'url' | 'caPath'>> {
  const folder = join(config.data, 'server')
  const clock = systemClock
  const tls = await getTls(config, join(folder, 'tls'), clock.nowMs())
  const secret = await getServerSecret(join(folder, 'secrets'))

  const { databaseUrl, databaseOwnerUrl } = config
  const database = await openDatabase({ dataDir: config.data, url: databaseUrl, ownerUrl: databaseOwnerUrl, log })
  closers.push(() => database.close())

  // Known only once the server listens; nothing is signed or announced before.
  const late: { url: string; poke: Announce } = { url: config.publicUrl ?? '', poke: () => {} }
  const root = join(folder, 'objects')
  const objects = await openObjects(config, { root, secret, clock, publicUrl: () => late.url })
  closers.push(() => objects.close())

  const jobs = await openJobs({ url: database.url, log })
  closers.push(async () => {
    const stopped = jobs.stop() // first: what is handed back must not be taken up again
    stopDecoding()
    await stopped
  })
  const announce: Announce = (practiceId, seq) => late.poke(practiceId, seq)
  const deps: ModuleDeps = { database, objects: objects.store, jobs, clock, log, announce }

  const issuer = config.oidcIssuer ?? (await openDemo())
  async function openDemo(): Promise<string> {
    const demo = await startDemo(deps, { raw: database.raw, config, folder: join(folder, 'demo') })
    closers.push(() => demo.close())
    return demo.issuer
  }

  const http = await createHttp({
    tls,
    handlers: {
      ...createHandlers(deps),
      ...healthHandlers({ database, objects: objects.store }),
      ...signInHandlers({
        issuer,
        clientId: config.oidcClientId,
        audience: config.oidcAudience,
        demo: config.oidcIssuer === undefined,
      }),
    },
    identify: identifyWith(deps, issuer, config.oidcAudience),
    audit: {
      record: (who, event) =>
        database.inPractice(who.practiceId, (tx) => appendAudit(tx, who.practiceId, who, clock.nowMs(), event)),
    },
    log,
    objects: objects.signedRequests,
    feedPositions: (practiceIds) => database.listFeedPositions(practiceIds),
    presence: presenceOf(database),
  })
  closers.push(() => http.close())
  late.poke = http.poke

  const { port } = await http.listen(config.host, config.port)
  const url = config.publicUrl ?? `https://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  late.url = url
  await startWork(deps, processPhoto)
  return { url, caPath: tls.caPath }
}

function identifyWith(deps: ModuleDeps, issuer: string, audience: string): Identify {
  const { clock, database } = deps
  const findPerson = { findPersonByCredential: findPersonByCredential.bind(null, database) }
  return createIdentify({
    verifyToken: createVerifyToken({ issuer, audience, keys: issuerKeys(issuer), clock }),
    people: createPersonCache(findPerson, clock),
    intakeKeys: { findIntakeCaller: (secret) => findIntakeCaller(deps, secret) },
  })
}
