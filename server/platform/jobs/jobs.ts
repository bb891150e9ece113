import { fromKysely, type Job, PgBoss } from 'pg-boss'
import type { PracticeTx } from '../database/database.ts'
import type { Logger } from '../logger.ts'
import { QUEUE_SCHEMA } from './install.ts'
import { deadLetterOf, JOB_QUEUES, type JobData, type JobName } from './queues.ts'

/** Durable background work on PostgreSQL. */
export type Jobs = {
  /**
   * Queues work in the caller's transaction: the job exists exactly when the row it serves does.
   * While a job with the same `singletonKey` waits, a second one is not made. Those that are `isBulk` come after all others.
   */
  send<N extends JobName>(
    tx: PracticeTx,
    name: N,
    data: JobData<N>,
    options?: { readonly singletonKey?: string; readonly isBulk?: boolean },
  ): Promise<void>
  /** Looks for work now instead of at the next poll; called after the commit. */
  wake(name: JobName): void
  /**
   * Starts working. `handle` may run more than once for one job and must bear it; a throw is retried with back-off.
   * `giveUp` is called, once all retries failed, instead of losing the job in silence.
   */
  work<N extends JobName>(
    name: N,
    handle: (data: JobData<N>) => Promise<void>,
    giveUp: (data: JobData<N>) => Promise<void>,
  ): Promise<void>
  /**
   * Work that nobody asks for: `handle` runs in one of all server processes, again and again. The next turn is queued
   * before this one begins, so that no server's end breaks the chain; the first one is due at once.
   */
  repeat<N extends JobName>(
    name: N,
    data: JobData<N>,
    everySeconds: number,
    handle: (data: JobData<N>) => Promise<void>,
  ): Promise<void>
  /** Lets running jobs end (up to 30 s), takes no new ones. */
  stop(): Promise<void>
}

/** For a quiet queue: while there is work, a finished job wakes its workers. */
const WORK = { batchSize: 1, pollingIntervalSeconds: 1 }

export async function openJobs(options: { url: string; log: Logger }): Promise<Jobs> {
  const { log } = options
  const boss = new PgBoss({
    connectionString: options.url,
    schema: QUEUE_SCHEMA,
    application_name: 'loupe-jobs',
    max: 4,
    // The owner installs and migrates; this role owns nothing and may not rebuild an index.
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    // How often jobs whose server died are looked for.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (cause) => log.error('queue.error', cause))
  await boss.start()
  const workers = new Map<JobName, string[]>()
  const wake = (name: JobName) => {
    for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker)
  }
  const work: Jobs['work'] = async (name, handle, giveUp) => {
    const runOne = async ([job]: Job<unknown>[]) => {
      if (job === undefined) return
      wake(name) // more may wait behind it: look again as soon as this one ends, not a second later
      await runLogged(log, name, job.id, () => handle(parse(name, job.data)))
    }
    const ids: string[] = []
    // A worker each, so that `wake` reaches all of them.
    for (let i = 0; i < JOB_QUEUES[name].concurrency; i += 1) ids.push(await boss.work<unknown>(name, WORK, runOne))
    workers.set(name, ids)
    await boss.work<unknown>(deadLetterOf(name), { pollingIntervalSeconds: 2 }, async ([job]: Job<unknown>[]) => {
      if (job === undefined) return
      log.warn('job.gave-up', { job: name, jobId: job.id })
      await giveUp(parse(name, job.data))
    })
  }
  return {
    send: async (tx, name, data, { isBulk = false, ...sendOptions } = {}) => {
      await boss.send(name, data, { ...sendOptions, priority: isBulk ? -1 : 0, db: fromKysely(tx) })
    },
    wake,
    work,
    repeat: async (name, data, everySeconds, handle) => {
      // The queue's policy keeps one waiting turn for the key, whichever process sends it.
      const queue = (startAfter: number) => boss.send(name, data, { singletonKey: 'turn', startAfter })
      await work(
        name,
        async (given) => {
          await queue(everySeconds)
          await handle(given)
        },
        () => Promise.resolve(), // logged; the next turn waits already
      )
      await queue(0)
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}

function parse<N extends JobName>(name: N, data: unknown): JobData<N> {
  return JOB_QUEUES[name].data.parse(data) as JobData<N> // the schema of this very name made it
}

async function runLogged(log: Logger, name: JobName, jobId: string, work: () => Promise<void>): Promise<void> {
  const startedMs = Date.now()
  try {
    await work()
    log.info('job.done', { job: name, jobId, durationMs: Date.now() - startedMs })
  } catch (cause) {
    log.error('job.failed', cause, { job: name, jobId, durationMs: Date.now() - startedMs })
    throw cause
  }
}
