import type { PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

type Changed = { readonly by: PersonId; readonly nowMs: number }

function select(tx: PracticeTx, practiceId: PracticeId) {
  return tx.selectFrom('practice_rules').select('body').where('practice_id', '=', practiceId)
}

export async function findRules(tx: PracticeTx, practiceId: PracticeId): Promise<PracticeRules | undefined> {
  return (await select(tx, practiceId).executeTakeFirst())?.body
}

/** Makes the row, if there is none, as `standard` says, and locks it: changes of one practice follow each other. */
export async function lockRules(
  tx: PracticeTx,
  practiceId: PracticeId,
  standard: PracticeRules,
  { by, nowMs }: Changed,
): Promise<PracticeRules> {
  const known = await select(tx, practiceId).forUpdate().executeTakeFirst()
  if (known !== undefined) return known.body
  await tx
    .insertInto('practice_rules')
    .values({
      practice_id: practiceId,
      body: JSON.stringify(standard),
      revision: standard.revision,
      changed_by: by,
      changed_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await select(tx, practiceId).forUpdate().executeTakeFirstOrThrow()).body
}

export async function saveRules(tx: PracticeTx, rules: PracticeRules, { by, nowMs }: Changed): Promise<void> {
  await tx
    .updateTable('practice_rules')
    .set({ body: JSON.stringify(rules), revision: rules.revision, changed_by: by, changed_at_ms: nowMs })
    .where('practice_id', '=', rules.id)
    .execute()
}
