import type { MutationId, PracticeId } from '../../contract/domain/ids.ts'
import { ENTITIES, type EntityBody, type EntityName } from '../../contract/sync/entities.ts'
import type { MutationArgs, MutationName } from '../../contract/sync/mutations.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { ModuleDeps } from '../deps.ts'
import { findClock } from './repository.ts'
import { appendFeed, type FeedRow } from './feed.ts'

/** Collects what a transaction changed, to be numbered and written at its very end. */
export type FeedWriter = {
  put<N extends EntityName>(entity: N, id: string, body: EntityBody<N>): void
  /** The row goes from every workstation; what the domain's own tables keep is not touched. */
  del(entity: EntityName, id: string): void
}
export type FeedDraft = FeedWriter & { readonly rows: readonly FeedRow[] }

/** What a mutation is applied with: the transaction it lives in, and who pushed it. */
export type MutationContext = {
  readonly tx: PracticeTx
  readonly feed: FeedWriter
  /** The author of the change; `importedBy` when a colleague brought it. */
  readonly caller: PersonPrincipal
  readonly nowMs: number
  readonly mutationId: MutationId
  /** Values that the change was made on, by field, as the workstation sent them; unchecked. */
  readonly base: Readonly<Record<string, unknown>>
  /** The workstation's clock when a person confirmed an instruction that had waited for over 24 hours. */
  readonly confirmedAtMs: number | undefined
}
/** One for each mutation: the module that owns the rows applies it, with authority. An AppError is a refusal. */
export type MutationHandlers = {
  readonly [N in MutationName]: (context: MutationContext, args: MutationArgs<N>) => Promise<void>
}

export function createFeedDraft(): FeedDraft {
  const rows: FeedRow[] = []
  return {
    rows,
    // Parsed here, so that what a workstation cannot read never gets a number.
    put: (entity, id, body) => rows.push({ entity, id, op: 'put', body: ENTITIES[entity].parse(body) }),
    del: (entity, id) => rows.push({ entity, id, op: 'del', body: null }),
  }
}

/**
 * The only way rows reach the feed: in one transaction the changes, then, last, the practice clock and the feed rows,
 * so that feed order is commit order and has no gaps. Tells the workstations after the commit.
 */
export async function writeInPractice<T>(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  practiceId: PracticeId,
  work: (tx: PracticeTx, feed: FeedWriter) => Promise<T>,
): Promise<T> {
  const { value, seq } = await deps.database.inPractice(practiceId, async (tx) => {
    const draft = createFeedDraft()
    const done = await work(tx, draft)
    return { value: done, seq: await commitFeed(tx, practiceId, draft, null, deps.clock.nowMs()) }
  })
  if (seq !== null) deps.announce(practiceId, seq)
  return value
}

/** Numbers and writes the collected rows; null when there are none. The clock's row stays locked until the commit: call it last. */
export async function commitFeed(
  tx: PracticeTx,
  practiceId: PracticeId,
  draft: FeedDraft,
  mutationId: MutationId | null,
  nowMs: number,
): Promise<number | null> {
  if (draft.rows.length === 0) return null
  return appendFeed(tx, practiceId, draft.rows, { mutationId, nowMs })
}

/** Where the practice's feed stands: for a socket that has just opened, and for the poller between server processes. */
export async function findFeedSeq(deps: Pick<ModuleDeps, 'database'>, practiceId: PracticeId): Promise<number> {
  return (await deps.database.inPractice(practiceId, (tx) => findClock(tx, practiceId)))?.seq ?? 0
}
