import type { MutationArgs } from '../../contract/sync/mutations.ts'
import { AppError } from '../../contract/errors.ts'
import { deleteParked, findParked, insertSettled } from './parked-repository.ts'
import type { MutationContext } from './service.ts'

/**
 * A person has dealt with a change of theirs that was not applied: its full copy goes. That it was settled, how and by
 * which change in its place enters the audit log; the reason, which a person wrote and which may name a patient,
 * stays outside of it, in `settled_mutation`: the log is read by auditors, and nothing can ever be taken out of it.
 * A change that is not here (settled before, or refused by the workstation itself) is settled all the same.
 */
export async function applyResolveParked(
  { tx, feed, caller, nowMs, mutationId }: MutationContext,
  args: MutationArgs<'parked.resolve'>,
): Promise<void> {
  const { practiceId, personId } = caller
  const parked = await findParked(tx, practiceId, args.mutationId)
  if (parked !== undefined && parked.personId !== personId) {
    throw new AppError('auth.denied', { mutationId: args.mutationId })
  }
  await deleteParked(tx, practiceId, args.mutationId)
  const code = parked?.code ?? null
  await insertSettled(tx, practiceId, { ...args, resolutionId: mutationId, personId, code, nowMs })
  feed.audit(caller, {
    action: `parked.${args.how}`,
    outcome: 'done',
    subject: {
      mutationId: args.mutationId,
      resolutionId: mutationId,
      wasHere: parked !== undefined,
      ...(args.replacedBy === null ? {} : { replacedBy: args.replacedBy }),
    },
  })
}
