import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { MutationId } from '../../../server/contract/domain/ids.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import { RecordRead } from '../../../server/contract/domain/reads.ts'
import { ERROR_CODES } from '../../../server/contract/errors.ts'
import type { ReadDb } from '../db.ts'
import { type AttentionRow, listAttention } from '../outbox/attention.ts'
import { mayRetry } from '../outbox/may-retry.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { viewSession, winnerOf } from '../review/session-view.ts'
import { findSession } from '../sessions/sessions.ts'

/** What waits for this person, each with all that its screen needs, from the store alone. */
export function listAttentionEntries(db: ReadDb, personId: string): AttentionEntry[] {
  return listAttention(db, personId).map((row) => describeAttention(db, row))
}

/** Undefined for arguments of a version that this one does not read: shown, but nothing can be done with them here. */
export function findWanted(row: Pick<AttentionRow, 'name' | 'args'>): RecordRead | undefined {
  if (row.name !== 'read.record') return undefined
  const parsed = RecordRead.safeParse(JSON.parse(row.args))
  return parsed.success ? parsed.data : undefined
}

export function describeAttention(db: ReadDb, row: AttentionRow): AttentionEntry {
  const wanted = findWanted(row)
  const session = wanted === undefined ? undefined : findSession(db, wanted.sessionId)
  const patient = session === undefined ? undefined : findPatient(db, session.patientId)
  const winner = session === undefined ? undefined : winnerOf(viewSession(db, session).actions)
  const code = ERROR_CODES.find((known) => known === row.code) ?? null
  return {
    mutationId: MutationId.parse(row.mutationId),
    status: row.status,
    code,
    atMs: row.atMs,
    wanted: wanted ?? null,
    scan:
      session === undefined || patient === undefined
        ? null
        : {
            sessionId: session.id,
            patientName: listName(patient),
            reference: patient.reference,
            capturedOn: session.capturedOn,
          },
    winner:
      winner === undefined
        ? null
        : {
            action: winner.action,
            deciderName: displayNameOf(db, winner.decidedBy),
            mine: winner.decidedBy === row.personId,
            recordedAtMs: winner.recordedAtMs,
          },
    patientChange: null,
    mayRetry: wanted !== undefined && session !== undefined && mayRetry(row.status, code),
    mayEdit: wanted !== undefined && session !== undefined && row.status !== 'lost',
  }
}
