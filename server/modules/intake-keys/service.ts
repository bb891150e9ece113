import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidV7 } from 'uuid'
import { IntakeKeyId, PracticeId } from '../../contract/domain/ids.ts'
import type { IntakeKey } from '../../contract/api/shapes.ts'
import type { Principal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { ModuleDeps } from '../deps.ts'
import { insertKey, listKeysBySecret, markKeyUsed } from './repository.ts'

type IntakePrincipal = Extract<Principal, { kind: 'intake' }>

/** The secret is 256 random bits and is kept nowhere: only its hash is. */
export async function createIntakeKey(
  tx: PracticeTx,
  practiceId: PracticeId,
  label: string,
  nowMs: number,
): Promise<{ key: IntakeKey; secret: string }> {
  const secret = `loupe_${randomBytes(32).toString('base64url')}`
  const id = IntakeKeyId.parse(uuidV7())
  const key: IntakeKey = { id, label, createdAtMs: nowMs, revokedAtMs: null, lastUsedAtMs: null }
  await insertKey(tx, practiceId, key, hashSecret(secret))
  return { key, secret }
}

/** How often `last used` is written: each upload would otherwise write the same row. */
const USED_EVERY_MS = 60_000

/** Whose key this is; undefined for an unknown or revoked one. */
export async function findIntakeCaller(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
  secret: string,
): Promise<IntakePrincipal | undefined> {
  const secretHash = hashSecret(secret)
  const found = await deps.database.withCredential({ kind: 'intake-key', secretHash }, (tx) =>
    listKeysBySecret(tx, secretHash),
  )
  const [row] = found
  if (row === undefined || found.length > 1 || row.revoked_at_ms !== null) return undefined
  const practiceId = PracticeId.parse(row.practice_id)
  const intakeKeyId = IntakeKeyId.parse(row.intake_key_id)
  const nowMs = deps.clock.nowMs()
  if (row.last_used_at_ms === null || nowMs - row.last_used_at_ms > USED_EVERY_MS) {
    await deps.database.inPractice(practiceId, (tx) => markKeyUsed(tx, practiceId, intakeKeyId, nowMs))
  }
  return { kind: 'intake', practiceId, intakeKeyId }
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
