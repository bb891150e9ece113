import type { MutationId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { ErrorCode } from '../../contract/errors.ts'
import type { ResolveParked } from '../../contract/sync/mutations.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export async function findParked(
  tx: PracticeTx,
  practiceId: PracticeId,
  mutationId: MutationId,
): Promise<{ personId: string; code: ErrorCode } | undefined> {
  return tx
    .selectFrom('parked_mutation')
    .select(['person_id as personId', 'code'])
    .where('practice_id', '=', practiceId)
    .where('mutation_id', '=', mutationId)
    .executeTakeFirst()
}

export async function deleteParked(tx: PracticeTx, practiceId: PracticeId, mutationId: MutationId): Promise<void> {
  await tx
    .deleteFrom('parked_mutation')
    .where('practice_id', '=', practiceId)
    .where('mutation_id', '=', mutationId)
    .execute()
}

export async function insertSettled(
  tx: PracticeTx,
  practiceId: PracticeId,
  settled: ResolveParked & {
    /** The `parked.resolve` itself. */
    resolutionId: MutationId
    personId: PersonId
    code: ErrorCode | null
    nowMs: number
  },
): Promise<void> {
  await tx
    .insertInto('settled_mutation')
    .values({
      practice_id: practiceId,
      resolution_id: settled.resolutionId,
      mutation_id: settled.mutationId,
      person_id: settled.personId,
      how: settled.how,
      reason: settled.reason,
      replaced_by: settled.replacedBy,
      code: settled.code,
      settled_at_ms: settled.nowMs,
    })
    .execute()
}

/** Where health records are kept by law, what explains them is asked for up to six years later (docs/security.md). */
const SETTLED_KEPT_MS = 6 * 366 * 24 * 60 * 60 * 1000

/** @returns how many went */
export async function pruneSettled(tx: PracticeTx, practiceId: PracticeId, nowMs: number): Promise<number> {
  const gone = await tx
    .deleteFrom('settled_mutation')
    .where('practice_id', '=', practiceId)
    .where('settled_at_ms', '<', nowMs - SETTLED_KEPT_MS)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
