import type { MutationId, PracticeId } from '../../contract/domain/ids.ts'
import { ENTITIES, type EntityBody, type EntityName } from '../../contract/sync/entities.ts'
import type { MutationArgs, MutationName } from '../../contract/sync/mutations.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { type Event, newEntry, type Who } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { closeChange, type Pushed, type Told } from './close-change.ts'
import type { FeedRow } from './feed.ts'
import { findClock } from './repository.ts'

/** Collects what a transaction changed, and what the audit log says of it, to be numbered and written at its very end. */
export type FeedWriter = {
  put<N extends EntityName>(entity: N, id: string, body: EntityBody<N>): void
  /** The row goes from every workstation; what the domain's own tables keep is not touched. */
  del(entity: EntityName, id: string): void
  /** No deed without its entry. `who` null is the server itself. */
  audit(who: Who, ...events: readonly Event[]): void
}
export type FeedDraft = FeedWriter & { toldAt(nowMs: number): Told }

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
  const events: { who: Who; event: Event }[] = []
  return {
    // Parsed here, so that what a workstation cannot read never gets a number.
    put: (entity, id, body) => rows.push({ entity, id, op: 'put', body: ENTITIES[entity].parse(body) }),
    del: (entity, id) => rows.push({ entity, id, op: 'del', body: null }),
    audit: (who, ...given) => events.push(...given.map((event) => ({ who, event }))),
    toldAt: (nowMs) => ({ rows, entries: events.map(({ who, event }) => newEntry(who, event, nowMs)) }),
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

/**
 * Numbers and writes what was collected, with the verdict on what was pushed; null when there are no feed rows. The
 * clock's row stays locked until the commit: call it last.
 * @throws NotInTurn
 */
export async function commitFeed(
  tx: PracticeTx,
  practiceId: PracticeId,
  draft: FeedDraft,
  pushed: Pushed | null,
  nowMs: number,
): Promise<number | null> {
  const told = draft.toldAt(nowMs)
  if (pushed === null && told.rows.length === 0 && told.entries.length === 0) return null
  return closeChange(tx, practiceId, told, { pushed, nowMs })
}

/** Where the practice's feed stands: for a socket that has just opened, and for the poller between server processes. */
export async function findFeedSeq(deps: Pick<ModuleDeps, 'database'>, practiceId: PracticeId): Promise<number> {
  return (await deps.database.inPractice(practiceId, (tx) => findClock(tx, practiceId)))?.seq ?? 0
}
