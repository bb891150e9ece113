import { saveGoal } from '../../contract/domain/save-goal.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationArgs } from '../../contract/sync/mutations.ts'
import { hasPatient } from '../patients/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { maySaveGoal } from './policy.ts'
import { insertGoal, lockGoal, updateGoal } from './repository.ts'

/** @throws AppError `goal.stale` when a colleague changed one of the fields first, `not-found` for a patient of nobody here */
export async function applySaveGoal(
  { tx, feed, caller, nowMs, base }: MutationContext,
  args: MutationArgs<'goal.save'>,
): Promise<void> {
  const { practiceId, personId, roles } = caller
  if (!maySaveGoal(roles)) throw new AppError('auth.denied', { goalId: args.id })
  const current = await lockGoal(tx, practiceId, args.id)
  if (current === undefined && !(await hasPatient(tx, practiceId, args.patientId))) {
    throw new AppError('not-found', { patientId: args.patientId })
  }
  const goal = saveGoal(current, args, base, { personId, nowMs })
  if (current !== undefined) await updateGoal(tx, practiceId, goal, nowMs)
  // Made by somebody else at this very moment: sent again, it is a change of that one.
  else if (!(await insertGoal(tx, practiceId, goal, nowMs))) throw new AppError('server.busy')
  feed.put('goal', goal.id, goal)
  const subject = { goalId: goal.id, patientId: goal.patientId, state: goal.state, isNew: current === undefined }
  feed.audit(caller, { action: 'goal.save', outcome: 'done', subject })
}
