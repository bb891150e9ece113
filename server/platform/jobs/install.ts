import { PgBoss } from 'pg-boss'
import type { Logger } from '../logger.ts'
import { deadLetterOf, JOB_NAMES, JOB_QUEUES } from './queues.ts'

export const QUEUE_SCHEMA = 'job_queue'

/** Creates or migrates the queue's schema and its queues, as the owner: the serving role may do neither. Safe to repeat. */
export async function installQueue(ownerUrl: string, log: Logger): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    application_name: 'loupe-queue-install',
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', (cause) => log.error('queue.install', cause))
  await boss.start()
  try {
    for (const name of JOB_NAMES) {
      const { retryLimit, retryDelay, retryDelayMax, heartbeatSeconds, expireInSeconds } = JOB_QUEUES[name]
      const retry = { retryLimit, retryDelay, retryDelayMax, retryBackoff: true }
      const options = { ...retry, heartbeatSeconds, expireInSeconds }
      await boss.createQueue(deadLetterOf(name), { retryLimit: 10, retryDelay: 5, retryBackoff: true })
      // `short`: at most one waiting job for one key, so asking twice does the work once.
      await boss.createQueue(name, { ...options, policy: 'short', deadLetter: deadLetterOf(name) })
      await boss.updateQueue(name, options)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
