import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { PersonId, ReadId } from '../../../../server/contract/domain/ids.ts'
import type { Action, Read } from '../../../../server/contract/domain/reads.ts'
import {
  type DetailTag,
  isPatientFacing,
  SCORE_FIELDS,
  type ScoreField,
} from '../../../../server/contract/domain/tags.ts'
import { inOrder, type NamedRead } from '../reads-in-order.ts'

export type ReadPair = readonly [ReadId, ReadId]

/** Two reads by two people that differ: what an adjudication compares and names. */
export type Conflict = {
  /** Oldest first, by the server's clock; what it has not confirmed yet comes last. */
  readonly standing: readonly NamedRead[]
  /** The two that the third read will name: reader 1 is the older one. */
  readonly pair: readonly [NamedRead, NamedRead]
  /** One of the two is this person's own. The rule lets them settle it; a colleague's eyes are better. */
  readonly isOwn: boolean
  readonly differing: ReadonlySet<ScoreField>
}

/**
 * What there is to settle; undefined where nothing is, or where all reads are one person's.
 * @param picked the two that the adjudicator wants to compare, where more than two stand
 */
export function findConflict(
  reviewCase: ReviewCase,
  personId: PersonId | undefined,
  picked?: ReadPair,
): Conflict | undefined {
  if (reviewCase.state !== 'discordant') return undefined
  const standing = inOrder(reviewCase.reads)
  const pair = pairOf(standing, picked) ?? newestPair(standing)
  if (pair === undefined) return undefined
  const [first, second] = pair
  return {
    standing,
    pair,
    isOwn: first.read.readerId === personId || second.read.readerId === personId,
    differing: new Set(SCORE_FIELDS.filter((field) => first.read[field] !== second.read[field])),
  }
}

/** The two newest by different people (the rule wants two people). */
function newestPair(standing: readonly NamedRead[]): Conflict['pair'] | undefined {
  const second = standing.at(-1)
  const first = standing.findLast((named) => named.read.readerId !== second?.read.readerId)
  return first === undefined || second === undefined ? undefined : [first, second]
}

function pairOf(standing: readonly NamedRead[], picked: ReadPair | undefined): Conflict['pair'] | undefined {
  const [first, second] = standing.filter(({ read }) => picked?.includes(read.readId) === true)
  if (first === undefined || second === undefined || first.read.readerId === second.read.readerId) return undefined
  return [first, second]
}

/**
 * The pair after another read was chosen for one of its places. Where both would be one person's, the other place
 * goes to the newest read of somebody else.
 */
export function pairWith(conflict: Conflict, place: 0 | 1, chosen: ReadId): ReadPair {
  const taken = conflict.standing.find(({ read }) => read.readId === chosen) ?? conflict.pair[place]
  const kept = conflict.pair[place === 0 ? 1 : 0]
  const isOthers = (named: NamedRead) => named.read.readerId !== taken.read.readerId
  const other = isOthers(kept) ? kept : (conflict.standing.findLast(isOthers) ?? kept)
  return [taken.read.readId, other.read.readId]
}

/** What the third read opens with: where the two agree, their value; where they differ, nothing. Never a guess. */
export function agreedDraft({ pair: [a, b] }: Conflict, aligners: Draft['aligners']): Draft {
  const [first, second] = [a.read, b.read]
  const both = (field: ScoreField) => (first[field] === second[field] ? first[field] : null)
  return {
    scores: {
      overallTracking: both('overallTracking'),
      alignerFit: both('alignerFit'),
      oralHygiene: both('oralHygiene'),
    },
    aligners: first.aligners === second.aligners ? first.aligners : aligners,
    details: first.detailTags.filter((tag) => hasTag(second, tag)),
    note: first.notes === second.notes ? first.notes : '',
  }
}

export function hasTag(read: Pick<Read, 'detailTags'>, tag: DetailTag): boolean {
  return read.detailTags.some((other) => tagKey(other) === tagKey(tag))
}

export function tagKey({ code, teeth, mm }: DetailTag): string {
  return `${code} ${teeth.toSorted((a, b) => a - b).join()} ${mm ?? ''}`
}

/** A score that both readers gave, differently, and that the third has not given yet: the dispute would stay open. */
export function findUnsettled({ pair: [a, b], differing }: Conflict, draft: Draft): ScoreField | undefined {
  return SCORE_FIELDS.find(
    (field) => differing.has(field) && a.read[field] !== null && b.read[field] !== null && draft.scores[field] === null,
  )
}

/** The action that reached the patient, or will: whatever is decided after it is kept as `would_have_done`, or corrects it. */
export function findCarriedOut(reviewCase: Pick<ReviewCase, 'actions'>): Action | undefined {
  return reviewCase.actions.find((action) => action.outcome === 'won' && isPatientFacing(action.kind))
}

/** Which of the rows beside the scores differ. */
export function differencesOf({ pair: [a, b] }: Conflict) {
  const [first, second] = [a.read, b.read]
  return {
    details:
      first.detailTags.length !== second.detailTags.length || first.detailTags.some((tag) => !hasTag(second, tag)),
    action: JSON.stringify(first.action) !== JSON.stringify(second.action),
    note: first.notes !== second.notes,
    aligners: first.aligners !== second.aligners,
  }
}
