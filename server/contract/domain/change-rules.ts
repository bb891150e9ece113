import { AppError } from '../errors.ts'
import type { PracticeId } from './ids.ts'
import { ChangeRules, type PracticeRules, STANDARD_RULES } from './practice-rules.ts'
import { sameJson } from './same-json.ts'

/** What holds in this practice; `row` as the feed carries it, undefined for a practice that never changed anything. */
export function rulesOf(practiceId: PracticeId, row: PracticeRules | undefined): PracticeRules {
  return row ?? { ...STANDARD_RULES, id: practiceId }
}

/**
 * The rules after a change: run optimistically on the workstation and again, with authority, on the server.
 * @param base the value that each field was changed from, as a workstation sent it; one that is missing counts as changed
 * @throws AppError `rules.stale` when a colleague changed one of the fields first; `input.invalid` for two words or
 *   lanes of one name, and for a word that is gone: it may stand in somebody's read
 */
export function changeRules(
  current: PracticeRules,
  set: ChangeRules['set'],
  base: Readonly<Record<string, unknown>>,
): PracticeRules {
  const given = changedRules(set)
  const stale = given.filter(
    (field) =>
      !sameJson(current[field], set[field]) && !(Object.hasOwn(base, field) && sameJson(base[field], current[field])),
  )
  if (stale.length > 0) throw new AppError('rules.stale', { fields: stale.join(' ') })
  const fields = Object.fromEntries(given.map((field) => [field, set[field]]))
  const next: PracticeRules = { ...current, ...fields, revision: current.revision + 1 }
  const [codes, lanes] = [next.details.map((detail) => detail.code), next.lanes.map((lane) => lane.id)]
  if (hasTwice(codes)) throw new AppError('input.invalid', { field: 'details', why: 'twice' })
  if (current.details.some(({ code }) => !codes.includes(code))) {
    throw new AppError('input.invalid', { field: 'details', why: 'gone' })
  }
  if (hasTwice(lanes)) throw new AppError('input.invalid', { field: 'lanes', why: 'twice' })
  return next
}

/** The fields that a change names. */
export function changedRules(set: ChangeRules['set']): (keyof ChangeRules['set'])[] {
  return ChangeRules.shape.set.keyof().options.filter((field) => set[field] !== undefined)
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size < names.length
}
