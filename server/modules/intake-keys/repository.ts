import type { IntakeKey } from '../../contract/api/shapes.ts'
import { IntakeKeyId, type PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

const COLUMNS = ['intake_key_id', 'label', 'created_at_ms', 'revoked_at_ms', 'last_used_at_ms'] as const

export async function insertKey(
  tx: PracticeTx,
  practiceId: PracticeId,
  key: IntakeKey,
  secretHash: string,
): Promise<void> {
  await tx
    .insertInto('intake_key')
    .values({
      practice_id: practiceId,
      intake_key_id: key.id,
      label: key.label,
      secret_hash: secretHash,
      created_at_ms: key.createdAtMs,
      revoked_at_ms: null,
      last_used_at_ms: null,
    })
    .execute()
}

export async function listKeys(tx: PracticeTx, practiceId: PracticeId): Promise<IntakeKey[]> {
  const rows = await tx
    .selectFrom('intake_key')
    .select(COLUMNS)
    .where('practice_id', '=', practiceId)
    .orderBy('created_at_ms')
    .execute()
  return rows.map(keyOf)
}

/** Undefined when there is no such key; the first revocation's time stands. */
export async function revokeKey(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: IntakeKeyId,
  nowMs: number,
): Promise<IntakeKey | undefined> {
  const row = await tx
    .updateTable('intake_key')
    .set((key) => ({ revoked_at_ms: key.fn.coalesce('revoked_at_ms', key.val(nowMs)) }))
    .where('practice_id', '=', practiceId)
    .where('intake_key_id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row === undefined ? undefined : keyOf(row)
}

export async function listKeysBySecret(tx: PracticeTx, secretHash: string) {
  return tx
    .selectFrom('intake_key')
    .select(['practice_id', 'intake_key_id', 'revoked_at_ms', 'last_used_at_ms'])
    .where('secret_hash', '=', secretHash)
    .execute()
}

export async function markKeyUsed(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: IntakeKeyId,
  nowMs: number,
): Promise<void> {
  await tx
    .updateTable('intake_key')
    .set({ last_used_at_ms: nowMs })
    .where('practice_id', '=', practiceId)
    .where('intake_key_id', '=', id)
    .execute()
}

type Row = {
  intake_key_id: string
  label: string
  created_at_ms: number
  revoked_at_ms: number | null
  last_used_at_ms: number | null
}

function keyOf(row: Row): IntakeKey {
  return {
    id: IntakeKeyId.parse(row.intake_key_id),
    label: row.label,
    createdAtMs: row.created_at_ms,
    revokedAtMs: row.revoked_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  }
}
