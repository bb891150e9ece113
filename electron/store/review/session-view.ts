import { type Action, actionOf, type Read, recordRead, type RecordRead } from '../../../server/contract/domain/reads.ts'
import { PersonId } from '../../../server/contract/domain/ids.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { isPatientFacing } from '../../../server/contract/domain/tags.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { ReadDb } from '../db.ts'
import { listOverlay } from '../outbox/overlay.ts'
import { findSecondRead } from '../practice/second-reads.ts'
import { listServerActions, listServerReads } from '../reads/reads.ts'

export type SessionView = {
  readonly reads: readonly Read[]
  readonly actions: readonly Action[]
  /** Reads that the server has not acknowledged. */
  readonly unsent: ReadonlySet<string>
}

/** The local view: the server's rows with this workstation's own decisions replayed on top, by the same rule. */
export function viewSession(db: ReadDb, session: ScanSession): SessionView {
  const reads = listServerReads(db, session.id)
  const actions = listServerActions(db, session.id)
  const unsent = new Set<string>()
  for (const row of listOverlay(db, session.id)) {
    if (row.feedSeq === null) unsent.add(row.args.readId)
    if (reads.some((read) => read.readId === row.args.readId)) continue
    const result = replay(db, row.args, PersonId.parse(row.personId), session, reads, actions)
    reads.push(result.read)
    markCorrected(actions, result.correctedId)
    actions.push(result.action)
  }
  return { reads, actions, unsent }
}

export function winnerOf(actions: readonly Action[]): Action | undefined {
  return actions.find((action) => action.outcome === 'won' && isPatientFacing(action.kind))
}

/** In its place among the others. */
function markCorrected(actions: Action[], id: Action['id'] | null): void {
  const at = actions.findIndex((action) => action.id === id)
  const former = actions[at]
  if (former !== undefined) actions[at] = { ...former, outcome: 'corrected' }
}

/** A rule that no longer holds does not hide the decision: its author sees it until the server has spoken. */
function replay(
  db: ReadDb,
  args: RecordRead,
  personId: PersonId,
  session: ScanSession,
  reads: readonly Read[],
  actions: readonly Action[],
): ReturnType<typeof recordRead> {
  const by = { personId, nowMs: null }
  try {
    const second = args.secondReadId === undefined ? undefined : findSecondRead(db, args.secondReadId)
    return recordRead(args, { session, reads, winner: winnerOf(actions), second }, by)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const { actionId: id, ...fields } = args
    const read = { ...fields, readerId: personId, recordedAtMs: null }
    const action = actionOf(read, { id, patientId: session.patientId, outcome: 'would_have_done' })
    return { read, action, correctedId: null }
  }
}
