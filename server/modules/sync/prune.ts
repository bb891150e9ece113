import type { PracticeId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { ModuleDeps } from '../deps.ts'
import { pruneSettled } from './parked-repository.ts'
import { pruneClients, pruneFeedPage, pruneResultPage } from './prune-repository.ts'

const DAY_MS = 86_400_000
/** A workstation that was away for longer starts again with a fresh copy. */
export const FEED_KEPT_MS = 90 * DAY_MS
/** How long an outbox is accepted: until then a change that comes again is recognised. */
export const RESULTS_KEPT_MS = 180 * DAY_MS
export const PRUNE_EVERY_SECONDS = 86_400
/** Rows looked at in one transaction: it holds the practice's clock while it deletes. */
const BATCH = 1000

type Deps = Pick<ModuleDeps, 'database' | 'log'>

/**
 * The job `sync.prune`: forgets, practice by practice, what is too old to be asked for. One practice that cannot be
 * pruned keeps no other from it. @throws the first failure, at the end: the whole turn is then tried again
 */
export async function prune(deps: Deps, nowMs: number, batch: number = BATCH): Promise<void> {
  const failures: unknown[] = []
  for (const practiceId of await deps.database.listPracticeIds()) {
    try {
      await prunePractice(deps, practiceId, nowMs, batch)
    } catch (cause) {
      deps.log.error('sync.prune-failed', cause, { practiceId })
      failures.push(cause)
    }
  }
  const [first] = failures
  if (first !== undefined) throw AppError.from(first)
}

async function prunePractice(deps: Deps, practiceId: PracticeId, nowMs: number, batch: number): Promise<void> {
  const { database } = deps
  const page = { beforeMs: nowMs - FEED_KEPT_MS, limit: batch }
  let [feedRows, results] = [0, 0]
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    const done = await database.inPractice(practiceId, (tx) => pruneFeedPage(tx, practiceId, { ...page, after: from }))
    feedRows += done.count
    after = done.next
  }
  const heardBefore = nowMs - RESULTS_KEPT_MS
  for (let more = true; more; ) {
    const count = await database.inPractice(practiceId, (tx) => pruneResultPage(tx, practiceId, heardBefore, batch))
    results += count
    more = count === batch
  }
  const clients = await database.inPractice(practiceId, (tx) => pruneClients(tx, practiceId, heardBefore))
  const settled = await database.inPractice(practiceId, (tx) => pruneSettled(tx, practiceId, nowMs))
  if (feedRows + results + clients + settled > 0)
    deps.log.info('sync.pruned', { practiceId, feedRows, results, clients, settled })
}
