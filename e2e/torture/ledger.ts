import type { FeedOp } from '../../server/contract/sync/wire.ts'

/** What the torture knows for itself, in its own memory: nothing here comes from the parts that are killed. */
export type Ledger = {
  /** Read -> session, for every decision that was asked for. */
  readonly asked: Map<string, string>
  /** Those that the workstation answered: from then on they may never be lost. */
  readonly acknowledged: Set<string>
}

export type Verdict = {
  readonly lost: string[]
  readonly doubled: string[]
  /** Reads that nobody asked for, gaps, mutations with two effects: each a sentence. */
  readonly wrong: string[]
}

export function openLedger(): Ledger {
  return { asked: new Map(), acknowledged: new Set() }
}

/** Acknowledged reads that a workstation does not show. `shown`: the reads of every session it has. */
export function findMissing(ledger: Ledger, shown: ReadonlySet<string>): string[] {
  return [...ledger.acknowledged].filter((readId) => !shown.has(readId))
}

/** The server's whole feed against the ledger, once everything has healed. A decision without an answer may be there or not. */
export function judge(ledger: Ledger, feed: readonly FeedOp[]): Verdict {
  const reads = feed.filter((op) => op.entity === 'read')
  const times = countBy(reads, (op) => op.id)
  const strangers = [...times.keys()].filter((readId) => !ledger.asked.has(readId))
  const gaps = feed.flatMap((op, index) =>
    op.seq === index + 1 ? [] : [`the feed has ${op.seq} as its row ${index + 1}`],
  )
  const effects = countBy(reads, (op) => op.mutationId ?? `none of ${op.id}`)
  const actions = countBy(
    feed.filter((op) => op.entity === 'action'),
    (op) => op.id,
  )
  const twice = [...effects, ...actions]
    .filter(([, count]) => count > 1)
    .map(([id]) => `${id} took effect more than once`)
  return {
    lost: [...ledger.acknowledged].filter((readId) => !times.has(readId)),
    doubled: [...times].filter(([, count]) => count > 1).map(([readId]) => readId),
    wrong: [...strangers.map((readId) => `nobody asked for the read ${readId}`), ...gaps.slice(0, 5), ...twice],
  }
}

function countBy<T>(of: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of of) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
