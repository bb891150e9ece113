import { changedRules, changeRules, rulesOf } from '../../contract/domain/change-rules.ts'
import type { PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit } from '../audit/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { mayChangeRules } from './policy.ts'
import { findRules, lockRules, saveRules } from './repository.ts'

/** What holds in the practice now, the standard where nobody changed anything. */
export async function getRules(tx: PracticeTx, practiceId: PracticeId): Promise<PracticeRules> {
  return rulesOf(practiceId, await findRules(tx, practiceId))
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
  await appendAudit(tx, practiceId, caller, nowMs, { action: 'rules.change', outcome: 'done', subject })
}
