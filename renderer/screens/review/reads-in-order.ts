import type { ReviewCase } from '../../../preload/contract/review.ts'
import { standingReads } from '../../../server/contract/domain/reads.ts'

/** A read with the name of its reader, as the case lists it. */
export type NamedRead = ReviewCase['reads'][number]

/** Reads that stand, oldest first. Workstations' clocks are never asked. */
export function inOrder(reads: readonly NamedRead[]): NamedRead[] {
  const standing = new Set(standingReads(reads.map((named) => named.read)).map((read) => read.readId))
  const at = ({ read }: NamedRead) => read.recordedAtMs ?? Number.POSITIVE_INFINITY
  return reads
    .filter((named) => standing.has(named.read.readId))
    .toSorted((a, b) => (at(a) === at(b) ? a.read.readId.localeCompare(b.read.readId) : at(a) - at(b)))
}
