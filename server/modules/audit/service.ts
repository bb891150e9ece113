import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Principal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { ModuleDeps } from '../deps.ts'
import { CHAIN_START, type Entry, findBreak, textAroundNumber } from './chain.ts'
import { appendEntries, listEntriesAfter, type NewEntry } from './repository.ts'

/** For what is written at the end of a change, together with its feed rows. */
export { entryColumns } from './repository.ts'
export type { NewEntry } from './repository.ts'

/** Ids and counts only: never a name, a note or an address. */
export type Subject = Readonly<Record<string, string | number | boolean>>
export type Event = { readonly action: string; readonly outcome: 'done' | 'denied'; readonly subject: Subject }
/** Null is the server itself. */
export type Who = Principal | null

/**
 * Appends to the practice's chain in the caller's transaction: no deed without its entry. Call it late, just before
 * the feed is written: from here to the commit other writers of this practice's log wait.
 */
export async function appendAudit(
  tx: PracticeTx,
  practiceId: PracticeId,
  who: Who,
  nowMs: number,
  ...events: readonly Event[]
): Promise<void> {
  if (events.length === 0) return
  await appendEntries(
    tx,
    practiceId,
    nowMs,
    events.map((event) => newEntry(who, event, nowMs)),
  )
}

export function newEntry(who: Who, { action, outcome, subject }: Event, nowMs: number): NewEntry {
  const entry = { ...whoOf(who), action, outcome, subject: { ...subject, ...importerOf(who) } }
  return { ...entry, text: textAroundNumber({ ...entry, atMs: nowMs }) }
}

/** A refusal, in a transaction of its own: the one that was refused rolls back, and must not take this with it. */
export async function recordRefusal(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
  who: Principal,
  action: string,
  subject: Subject = {},
): Promise<void> {
  await deps.database.inPractice(who.practiceId, (tx) =>
    appendAudit(tx, who.practiceId, who, deps.clock.nowMs(), { action, outcome: 'denied', subject }),
  )
}

const PAGE = 1000

/** Walks a practice's whole chain. `brokenAt` is the first entry that does not follow; cutting the end off needs a witness to see. */
export async function verifyAudit(
  deps: Pick<ModuleDeps, 'database'>,
  practiceId: PracticeId,
): Promise<{ entryCount: number; brokenAt: number | null }> {
  let at = { seq: 0, hash: CHAIN_START }
  for (;;) {
    const entries = await deps.database.inPractice(practiceId, (tx) => listEntriesAfter(tx, practiceId, at.seq, PAGE))
    const broken = findBreak(entries, at)
    if (broken !== undefined) return { entryCount: at.seq, brokenAt: broken }
    const last = entries.at(-1)
    if (last === undefined) return { entryCount: at.seq, brokenAt: null }
    at = { seq: last.seq, hash: last.hash }
  }
}

function importerOf(who: Who): Subject {
  return who?.kind === 'person' && who.importedBy !== undefined ? { importedBy: who.importedBy } : {}
}

function whoOf(who: Who): Pick<Entry, 'personId' | 'intakeKeyId'> {
  if (who === null) return { personId: null, intakeKeyId: null }
  return who.kind === 'person'
    ? { personId: who.personId, intakeKeyId: null }
    : { personId: null, intakeKeyId: who.intakeKeyId }
}
