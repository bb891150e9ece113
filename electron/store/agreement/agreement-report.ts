import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { AgreementReport, FieldAgreement } from '../../../preload/contract/agreement.ts'
import type { Read } from '../../../server/contract/domain/reads.ts'
import { OWN_CASE_AFTER_MS, type SecondRead } from '../../../server/contract/domain/second-reads.ts'
import type { ScoreField } from '../../../server/contract/domain/tags.ts'
import { dayOf } from '../../platform/day-of.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { sql } from '../statements.ts'
import { kappaInterval } from './kappa-interval.ts'
import { weightedKappa } from './weighted-kappa.ts'

type Pair = { readonly first: Read; readonly second: Read }
type Days = { readonly from: string; readonly to: string }

/**
 * How often two reads of one scan agree, from blind second reads alone: a read made with the other in view agrees for
 * reasons of its own. By the day of the second read; a first read counts as it was made, though corrected since.
 * @param days of this computer's calendar, both included
 */
export async function getAgreement(db: ReadDb, days: Days): Promise<AgreementReport> {
  const seconds = sql<{ body: string }>(db, 'SELECT body FROM second_read')
    .all()
    .map((row) => bodyOf<SecondRead>(row.body))
  const drawn = seconds.filter((second) => isWithin(drawnAtMs(second), days))
  const pairs = seconds
    .flatMap((second) => pairOf(db, second))
    .filter(({ second }) => isWithin(second.recordedAtMs, days))
  const isSame = ({ first, second }: Pair) => first.readerId === second.readerId
  return {
    ...days,
    between: await agreementsOf(pairs.filter((pair) => !isSame(pair))),
    within: await agreementsOf(pairs.filter(isSame)),
    drawn: drawn.length,
    waiting: drawn.filter((second) => second.doneReadId === null).length,
  }
}

function pairOf(db: ReadDb, { firstReadId, doneReadId }: SecondRead): Pair[] {
  const [first, second] = [firstReadId, doneReadId].map((id) =>
    id === null ? undefined : sql<{ body: string }>(db, 'SELECT body FROM read WHERE id = ?').get(id),
  )
  if (first === undefined || second === undefined) return []
  return [{ first: bodyOf<Read>(first.body), second: bodyOf<Read>(second.body) }]
}

/** The server's clock; a case that its first reader reads again is offered a day after it was drawn. */
function drawnAtMs({ by, notBeforeMs }: SecondRead): number {
  return by === 'same' ? notBeforeMs - OWN_CASE_AFTER_MS : notBeforeMs
}

function isWithin(ms: number | null, { from, to }: Days): boolean {
  if (ms === null) return false
  const day = dayOf(ms)
  return from <= day && day <= to
}

async function agreementsOf(pairs: readonly Pair[]): Promise<AgreementReport['between']> {
  return {
    overallTracking: await agreementOf(pairs, 'overallTracking'),
    alignerFit: await agreementOf(pairs, 'alignerFit'),
    oralHygiene: await agreementOf(pairs, 'oralHygiene'),
  }
}

/** Many pairs take a while to be drawn again and again: the screens go on asking between two fields. */
async function agreementOf(pairs: readonly Pair[], field: ScoreField): Promise<FieldAgreement> {
  const table = [0, 1, 2].map(() => [0, 0, 0])
  let count = 0
  for (const { first, second } of pairs) {
    const [one, other] = [first[field], second[field]]
    const row = one === null ? undefined : table[one - 1]
    if (row === undefined || other === null) continue
    row[other - 1] = (row[other - 1] ?? 0) + 1
    count += 1
  }
  await yieldToOthers()
  const kappa = weightedKappa(table)
  return { pairs: count, kappa: kappa === null ? null : within(kappa), interval: intervalOf(table), table }
}

function intervalOf(table: readonly (readonly number[])[]): [number, number] | null {
  const interval = kappaInterval(table)
  return interval === null ? null : [within(interval[0]), within(interval[1])]
}

/** Rounding in the last bit must not leave the range of a kappa. */
function within(kappa: number): number {
  return Math.max(-1, Math.min(1, kappa))
}
