import { v7 } from 'uuid'
import type { ReplacePatientChange, ReplacePracticeChange, ReplaceRead } from '../../preload/contract/attention.ts'
import { ActionId, QuestionId, ReadId, type SessionId } from '../../server/contract/domain/ids.ts'
import { changedFields, type Patient } from '../../server/contract/domain/patients.ts'
import { AppError } from '../../server/contract/errors.ts'
import { describeAttention, findWanted, findWantedChange } from '../store/attention/attention-entries.ts'
import { findWantedPracticeChange, type WantedPracticeChange } from '../store/attention/practice-change.ts'
import { type Changes, newChanges } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { type AttentionRow, findAttention, settleAttention } from '../store/outbox/attention.ts'
import { settleBrought } from '../store/outbox/brought.ts'
import { confirmHeld, findHeld } from '../store/outbox/held.ts'
import { settleRefused } from '../store/outbox/resolved.ts'
import { changePatientAnew } from './change-patient.ts'
import { changePracticeAnew } from './change-practice.ts'
import { type Decided, type Decider, decideLocally } from './decide.ts'
import { discardHeld } from './discard-held.ts'

type By = Decider

/**
 * The same decision once more, as a new mutation with new ids: the server remembers its refusal of the old one for
 * good. A patient's fields are set on what stands now. The entry is settled in the caller's transaction, so that it is
 * either here or in the outbox.
 * @returns the scan that it is about; null for a patient's fields
 * @throws AppError `not-found` when nothing of this person waits under the id; `conflict.exists` when trying again
 *   cannot help; what the rule itself refuses here and now. The entry then stays as it was.
 */
export function retryLocally(
  tx: WriteTx,
  mutationId: string,
  by: By,
): { sessionId: SessionId | null; changes: Changes } {
  const row = getRow(tx, mutationId, by)
  if (!describeAttention(tx, row).mayRetry) throw new AppError('conflict.exists', { mutationId })
  const wanted = findWanted(row)
  if (wanted !== undefined) {
    const args = { ...wanted, readId: ReadId.parse(v7()), actionId: ActionId.parse(v7()) }
    const { changes } = decideInPlaceOf(tx, row, args, 'retried', by)
    return { sessionId: wanted.sessionId, changes }
  }
  const ofPractice = findWantedPracticeChange(row)
  if (ofPractice !== undefined)
    return { sessionId: null, changes: changePracticeInPlaceOf(tx, row, ofPractice, 'retried', by) }
  const change = findWantedChange(row)
  if (change === undefined) throw new AppError('conflict.exists', { mutationId })
  return { sessionId: null, changes: setInPlaceOf(tx, row, change, 'retried', by).changes }
}

/**
 * Another decision on the same scan in place of the refused one.
 * @throws AppError `not-found`; `conflict.exists` when it cannot be edited or this read is here already;
 *   `input.invalid` for another scan; what the rule itself refuses. The entry then stays as it was.
 */
export function replaceReadLocally(tx: WriteTx, { mutationId, read }: ReplaceRead, by: By): Decided {
  const row = getRow(tx, mutationId, by)
  if (!describeAttention(tx, row).mayEdit) throw new AppError('conflict.exists', { mutationId })
  if (findWanted(row)?.sessionId !== read.sessionId) throw new AppError('input.invalid', { mutationId })
  return decideInPlaceOf(tx, row, read, 'edited', by)
}

/** The fields as they shall be now, on what stands now. @throws as {@link replaceReadLocally} */
export function replacePatientChangeLocally(
  tx: WriteTx,
  { mutationId, set }: ReplacePatientChange,
  by: By,
): { patient: Patient; changes: Changes } {
  const row = getRow(tx, mutationId, by)
  const wanted = findWantedChange(row)
  if (wanted === undefined || !describeAttention(tx, row).mayEdit) throw new AppError('conflict.exists', { mutationId })
  if (changedFields(set).length === 0) throw new AppError('input.invalid', { mutationId })
  return setInPlaceOf(tx, row, { patientId: wanted.patientId, set }, 'edited', by)
}

/** A goal, a question or an answer as it shall be now, on what stands now. @throws as {@link replaceReadLocally} */
export function replacePracticeChangeLocally(
  tx: WriteTx,
  { mutationId, change }: ReplacePracticeChange,
  by: By,
): { changes: Changes } {
  const row = getRow(tx, mutationId, by)
  const wanted = findWantedPracticeChange(row)
  if (wanted === undefined || !describeAttention(tx, row).mayEdit) throw new AppError('conflict.exists', { mutationId })
  const changed = changedTo(wanted, change)
  if (changed === undefined) throw new AppError('input.invalid', { mutationId })
  return { changes: changePracticeInPlaceOf(tx, row, changed, 'edited', by) }
}

/** Undefined for a change of another kind. A question becomes another one: of the first nothing is known to be left. */
function changedTo(
  wanted: WantedPracticeChange,
  change: ReplacePracticeChange['change'],
): WantedPracticeChange | undefined {
  if (wanted.name === 'goal.save' && change.about === 'goal')
    return { name: wanted.name, args: { ...wanted.args, ...change.set } }
  if (wanted.name === 'question.ask' && change.about === 'question') {
    const { askedOf, text } = change
    return { name: wanted.name, args: { ...wanted.args, id: QuestionId.parse(v7()), askedOf, text } }
  }
  if (wanted.name === 'question.answer' && change.about === 'answer')
    return { name: wanted.name, args: { ...wanted.args, text: change.text } }
  return undefined
}

/**
 * Lets it go, and keeps with it who wanted that, when and why.
 * @throws AppError `not-found`; `input.invalid` without a reason for a change that is in no record; `read.already-sent`
 *   for an old instruction that the server may have
 */
export function discardLocally(tx: WriteTx, mutationId: string, reason: string, by: By): Changes {
  const why = reason.trim()
  // A colleague's, brought by file: it is seen, and stays theirs.
  if (settleBrought(tx, mutationId, { personId: by.person.id, nowMs: by.nowMs, remark: why })) return newChanges()
  const row = findAttention(tx, mutationId, by.person.id)
  const isKept = row?.status === 'lost' || row?.status === 'corrected'
  if (why === '' && !isKept) throw new AppError('input.invalid', { mutationId })
  if (row === undefined) return discardHeld(tx, mutationId, why, { personId: by.person.id, nowMs: by.nowMs })
  const how = { settled: 'discarded', reason: why } as const
  if (isKept) settleAttention(tx, mutationId, how, by.nowMs)
  else settleRefused(tx, mutationId, how, { personId: by.person.id, nowMs: by.nowMs, notBeforeMs: 0 })
  return newChanges()
}

/** An old instruction goes after all. @throws AppError `not-found` when this person has none under the id that waits for that */
export function confirmLocally(tx: WriteTx, mutationId: string, by: By): void {
  if (findHeld(tx, mutationId, by.person.id, by.nowMs) === undefined) throw new AppError('not-found', { mutationId })
  confirmHeld(tx, mutationId, by.nowMs)
}

function getRow(tx: WriteTx, mutationId: string, by: By): AttentionRow {
  const row = findAttention(tx, mutationId, by.person.id)
  if (row === undefined) throw new AppError('not-found', { mutationId })
  return row
}

/** What takes its place may be taken back for a moment, and what is said of it to the server waits as long. */
function decideInPlaceOf(
  tx: WriteTx,
  row: AttentionRow,
  read: ReplaceRead['read'],
  settled: 'retried' | 'edited',
  by: By,
): Decided {
  const decided = decideLocally(tx, read, by)
  if (decided.mutationId === null) throw new AppError('conflict.exists', { mutationId: row.mutationId })
  const sender = { personId: by.person.id, nowMs: by.nowMs, notBeforeMs: 0 }
  settleRefused(tx, row.mutationId, { settled, replacedBy: decided.mutationId }, sender, read.sessionId)
  return decided
}

/** On what stands now. */
function changePracticeInPlaceOf(
  tx: WriteTx,
  row: AttentionRow,
  change: WantedPracticeChange,
  settled: 'retried' | 'edited',
  by: By,
): Changes {
  const { mutationId, changes } = changePracticeAnew(tx, change, by)
  if (mutationId === null) throw new AppError('conflict.exists', { mutationId: row.mutationId })
  const sender = { personId: by.person.id, nowMs: by.nowMs, notBeforeMs: 0 }
  settleRefused(tx, row.mutationId, { settled, replacedBy: mutationId }, sender, subjectOf(change))
  return changes
}

function subjectOf({ name, args }: WantedPracticeChange): string | undefined {
  if (name === 'rules.change') return undefined
  return name === 'question.answer' ? args.questionId : args.id
}

function setInPlaceOf(
  tx: WriteTx,
  row: AttentionRow,
  change: { patientId: Patient['id']; set: ReplacePatientChange['set'] },
  settled: 'retried' | 'edited',
  by: By,
): { patient: Patient; changes: Changes } {
  const { patient, changes, mutationId } = changePatientAnew(tx, change, by)
  const sender = { personId: by.person.id, nowMs: by.nowMs, notBeforeMs: 0 }
  settleRefused(tx, row.mutationId, { settled, replacedBy: mutationId }, sender, change.patientId)
  return { patient, changes }
}
