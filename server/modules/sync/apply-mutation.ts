import { AppError, type ErrorCode, ERRORS } from '../../contract/errors.ts'
import { MUTATIONS } from '../../contract/sync/mutations.ts'
import type { OlderMutations } from '../../contract/sync/older-mutations.ts'
import type { MutationEnvelope } from '../../contract/sync/wire.ts'
import { meaningOf } from '../../platform/database/failures.ts'
import { hasUnstorableText } from '../../platform/database/storable-text.ts'
import { isMutationName, readArgs } from './read-mutation.ts'
import type { MutationContext, MutationHandlers } from './service.ts'

export type Refusal = { readonly status: 'rejected' | 'parked'; readonly code: ErrorCode }
type Apply = (context: MutationContext, args: unknown) => Promise<void>

/** Nothing is wrong with such a change, it came second: a person chooses between the two values. */
const OVERTAKEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'patient.stale',
  'rules.stale',
  'goal.stale',
  'question.answered',
  'read.second-read-invalid',
])

/**
 * Undefined when applied. After a refusal whatever the mutation has written is still in the transaction: the caller
 * undoes it. What may pass is thrown.
 * @param older tests alone give other ones than the contract's
 */
export async function tryApply(
  handlers: MutationHandlers,
  context: Pick<MutationContext, 'tx' | 'feed' | 'caller' | 'nowMs'>,
  mutation: MutationEnvelope,
  older?: OlderMutations,
): Promise<Refusal | undefined> {
  const { id, name, base, confirmedAtMs } = mutation
  if (!isMutationName(name)) return { status: 'parked', code: 'input.invalid' }
  if (!context.caller.roles.some((role) => (MUTATIONS[name].who as readonly string[]).includes(role))) {
    return { status: 'rejected', code: 'auth.denied' }
  }
  const read = readArgs(name, mutation, older)
  if (read === undefined) return { status: 'parked', code: 'input.invalid' }
  // Here, not where it meets a column: half a surrogate pair would be kept as another character than the feed carries.
  if (hasUnstorableText(read.args)) return { status: 'rejected', code: 'input.invalid' }
  try {
    // Name and arguments come from one row of the table, which the compiler cannot see through the union.
    await (handlers[name] as Apply)({ ...context, mutationId: id, base, confirmedAtMs }, read.args)
    return undefined
  } catch (cause) {
    return refusalOf(cause)
  }
}

/** What a rule or a constraint of the database refused; anything else is thrown. */
export function refusalOf(cause: unknown): Refusal {
  const refusal = meaningOf(cause)
  if (!(refusal instanceof AppError) || ERRORS[refusal.code].onSync === 'retry') throw refusal
  return { status: OVERTAKEN.has(refusal.code) ? 'parked' : 'rejected', code: refusal.code }
}
