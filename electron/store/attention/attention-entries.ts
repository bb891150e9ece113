import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { MutationId } from '../../../server/contract/domain/ids.ts'
import { listName, PatientFields } from '../../../server/contract/domain/patients.ts'
import { RecordRead } from '../../../server/contract/domain/reads.ts'
import { ERROR_CODES } from '../../../server/contract/errors.ts'
import { ChangePatient } from '../../../server/contract/sync/mutations.ts'
import { findWithdrawnScan } from '../copy/withdrawn-scans.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { type AttentionRow, listAttention, MAX_LISTED } from '../outbox/attention.ts'
import { type BroughtRow, listBrought } from '../outbox/brought.ts'
import { listHeld } from '../outbox/held.ts'
import { mayRetry } from '../outbox/may-retry.ts'
import { findPatient } from '../patients/patients.ts'
import {
  findWantedPracticeChange,
  isPracticeChangeHere,
  practiceChangeOf,
  scanOfPracticeChange,
} from './practice-change.ts'
import { displayNameOf } from '../people/people.ts'
import { viewSession, winnerOf } from '../review/session-view.ts'
import { findSession } from '../sessions/sessions.ts'

/** What waits for this person, each with all that its screen needs, from the store alone: what is to be confirmed first. */
export function listAttentionEntries(db: ReadDb, personId: string, nowMs: number): AttentionEntry[] {
  const held = listHeld(db, personId, nowMs, MAX_LISTED).map((row) => ({
    ...row,
    status: 'stale' as const,
    code: null,
    atMs: row.queuedAtMs,
  }))
  const own = [...held, ...listAttention(db, personId)].map((row) => describeAttention(db, row))
  return [...own, ...listBrought(db, personId).map((row) => describeBrought(db, row))].slice(0, MAX_LISTED)
}

/** It was tried as its author's, and only the author can try or change it: whoever brought it is told. */
function describeBrought(db: ReadDb, row: BroughtRow): AttentionEntry {
  return { ...describeAttention(db, row), authorName: row.authorName, mayRetry: false, mayEdit: false }
}

/** Undefined for arguments of a version that this one does not read: shown, but nothing can be done with them here. */
export function findWanted(row: Pick<AttentionRow, 'name' | 'args'>): RecordRead | undefined {
  if (row.name !== 'read.record') return undefined
  return RecordRead.safeParse(JSON.parse(row.args)).data
}

/** Undefined as in {@link findWanted}. */
export function findWantedChange(row: Pick<AttentionRow, 'name' | 'args'>): ChangePatient | undefined {
  if (row.name !== 'patient.change') return undefined
  return ChangePatient.safeParse(JSON.parse(row.args)).data
}

export function describeAttention(db: ReadDb, row: AttentionRow): AttentionEntry {
  const wanted = findWanted(row)
  const change = findWantedChange(row)
  const ofPractice = findWantedPracticeChange(row)
  const isPracticeHere = ofPractice !== undefined && isPracticeChangeHere(db, ofPractice)
  const isHere =
    (wanted !== undefined && findSession(db, wanted.sessionId) !== undefined) ||
    (change !== undefined && findPatient(db, change.patientId) !== undefined)
  const code = ERROR_CODES.find((known) => known === row.code) ?? null
  const isRefused = row.status === 'rejected' || row.status === 'parked'
  return {
    mutationId: MutationId.parse(row.mutationId),
    status: row.status,
    code,
    atMs: row.atMs,
    wanted: wanted ?? null,
    ...scanOf(db, wanted?.sessionId ?? (ofPractice && scanOfPracticeChange(db, ofPractice))),
    winner: winnerBeside(db, row, wanted),
    patientChange: change === undefined ? null : patientChangeOf(db, change, row.base),
    ...(ofPractice !== undefined && { practiceChange: practiceChangeOf(db, ofPractice, row.base) }),
    mayRetry: (isHere || isPracticeHere) && mayRetry(row.status, code),
    // A second read is made blind or not at all: nobody makes it again with this one before their eyes.
    mayEdit:
      isRefused &&
      code !== 'read.second-read-invalid' &&
      (isHere || (isPracticeHere && ofPractice.name !== 'rules.change')),
  }
}

function scanOf(db: ReadDb, wantedId: string | undefined): Pick<AttentionEntry, 'scan' | 'formerScan'> {
  if (wantedId === undefined) return { scan: null }
  const session = findSession(db, wantedId)
  const patient = session === undefined ? undefined : findPatient(db, session.patientId)
  if (session === undefined || patient === undefined) {
    const formerScan = findWithdrawnScan(db, wantedId)
    return { scan: null, ...(formerScan !== undefined && { formerScan }) }
  }
  const { id: sessionId, capturedOn } = session
  return { scan: { sessionId, patientName: listName(patient), reference: patient.reference, capturedOn } }
}

/**
 * For an instruction that waits for its author's word, another one than their own, which is in view as well: the one
 * that it corrects, where it does.
 */
function winnerBeside(db: ReadDb, row: AttentionRow, wanted: RecordRead | undefined): AttentionEntry['winner'] {
  const session = wanted === undefined ? undefined : findSession(db, wanted.sessionId)
  if (session === undefined) return null
  const { actions } = viewSession(db, session)
  const winner = winnerOf(actions)
  const isOwn = winner !== undefined && winner.id === wanted?.actionId
  const corrected = isOwn ? actions.find(({ id }) => id === wanted?.corrects?.actionId) : undefined
  const stands = isOwn ? corrected : winner
  if (stands === undefined) return null
  return {
    action: stands.action,
    deciderName: displayNameOf(db, stands.decidedBy),
    mine: stands.decidedBy === row.personId,
    recordedAtMs: stands.recordedAtMs,
    ...(corrected !== undefined && { isCorrected: true as const }),
    ...(row.status === 'corrected' && stands.corrects !== undefined && { because: stands.corrects.reason }),
  }
}

function patientChangeOf(db: ReadDb, { patientId, set }: ChangePatient, base: string): AttentionEntry['patientChange'] {
  const patient = findPatient(db, patientId)
  return {
    patientId,
    patientName: patient === undefined ? '' : listName(patient),
    base: bodyOf<Partial<PatientFields>>(base),
    set,
    current: patient === undefined ? null : PatientFields.strip().parse(patient),
  }
}
