import type { Action, RecordRead } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { saveAttention } from '../outbox/attention.ts'
import { findDecidedHere } from '../outbox/decided-here.ts'
import { findOverlaidArgs } from '../outbox/overlay.ts'
import { listServerActions, listServerReads } from '../reads/reads.ts'

type Correcting = {
  readonly sessionId: string
  readonly body: string
  /** The action whose place it took. */
  readonly formerId: string
  readonly recordedAtMs: number
}

/** An action took the place of one that was decided here: its author is told, unless they corrected it themselves. */
export function noteCorrected(tx: WriteTx, { sessionId, body, formerId, recordedAtMs }: Correcting): void {
  const decided = findDecidedHere(tx, formerId)
  if (decided === undefined || decided.personId === bodyOf<Action>(body).decidedBy) return
  const args = findOverlaidArgs(tx, decided.mutationId) ?? findArgs(tx, sessionId, formerId)
  if (args === undefined) return // the scan has been withdrawn meanwhile: its reads are gone
  saveAttention(
    tx,
    { ...decided, name: 'read.record', args, base: '{}' },
    { status: 'corrected', code: null, atMs: recordedAtMs },
  )
}

/** What was sent when it was decided, from what the feed has brought of it. */
function findArgs(db: ReadDb, sessionId: string, actionId: string): string | undefined {
  const action = listServerActions(db, sessionId).find(({ id }) => id === actionId)
  const read = listServerReads(db, sessionId).find(({ readId }) => readId === action?.readId)
  if (action === undefined || read === undefined) return undefined
  const { readerId: _, recordedAtMs: __, ...fields } = read
  return JSON.stringify({ ...fields, actionId: action.id } satisfies RecordRead)
}
