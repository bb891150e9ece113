import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { AuditEntry } from '../../contract/api/shapes.ts'

export type Entry = z.infer<typeof AuditEntry>
export type UnchainedEntry = Omit<Entry, 'hash'>

/** What the first entry of a practice is chained to. */
export const CHAIN_START = '0'.repeat(64)

/** `SHA-256(prev || canonical entry)`: keys in order, so that the same entry always gives the same bytes. */
export function hashEntry(prev: string, entry: UnchainedEntry): string {
  return createHash('sha256').update(prev).update(canonical(entry)).digest('hex')
}

export type AroundNumber = { readonly before: string; readonly after: string }

/** The canonical text of an entry before and after its number, which the database gives it together with its hash. */
export function textAroundNumber(entry: Omit<UnchainedEntry, 'seq'>): AroundNumber {
  const { subject, ...others } = entry
  // Of all keys only `subject` comes after `seq`.
  return { before: `${canonical(others).slice(0, -1)},"seq":`, after: `,"subject":${canonical(subject)}}` }
}

/** The first entry that does not follow from the ones before (edited, removed, swapped or inserted); undefined when all do. */
export function findBreak(entries: Iterable<Entry>, start: { seq: number; hash: string }): number | undefined {
  let { seq, hash } = start
  for (const entry of entries) {
    const { hash: claimed, ...rest } = entry
    if (entry.seq !== seq + 1 || hashEntry(hash, rest) !== claimed) return seq + 1
    seq = entry.seq
    hash = claimed
  }
  return undefined
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const parts = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
  return `{${parts.join(',')}}`
}
