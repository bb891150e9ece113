import { changedRules, changeRules, rulesOf } from '../../contract/domain/change-rules.ts'
import type { PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { FeedWriter, MutationContext } from '../sync/service.ts'
import { mayChangeRules } from './policy.ts'
import { findRules, lockRules, saveRules } from './repository.ts'

/** What holds in the practice now, the standard where nobody changed anything. */
export async function getRules(tx: PracticeTx, practiceId: PracticeId): Promise<PracticeRules> {
  return rulesOf(practiceId, await findRules(tx, practiceId))
}

/** What a practice begins with in place of the standard, in the name of its administrator; one that has rules keeps them. */
export async function registerRules(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  set: MutationArgs<'rules.change'>['set'],
  at: { readonly by: PersonId; readonly nowMs: number },
): Promise<void> {
  if ((await findRules(tx, practiceId)) !== undefined) return
  const standard = await lockRules(tx, practiceId, rulesOf(practiceId, undefined), at)
  const rules = changeRules(standard, set, standard)
  await saveRules(tx, rules, at)
  feed.put('practice_rules', practiceId, rules)
}

/** @throws AppError `rules.stale` when a colleague changed one of the fields first, `input.invalid` as `changeRules` does */
export async function applyChangeRules(
  { tx, feed, caller, nowMs, base }: MutationContext,
  { set }: MutationArgs<'rules.change'>,
): Promise<void> {
  const { practiceId, personId: by, roles } = caller
  if (!mayChangeRules(roles)) throw new AppError('auth.denied')
  const current = await lockRules(tx, practiceId, rulesOf(practiceId, undefined), { by, nowMs })
  const rules = changeRules(current, set, base)
  await saveRules(tx, rules, { by, nowMs })
  feed.put('practice_rules', practiceId, rules)
  const subject = { revision: rules.revision, fields: changedRules(set).join(' ') }
  feed.audit(caller, { action: 'rules.change', outcome: 'done', subject })
}
