import type { Database } from 'better-sqlite3'
import type { MutationResult, PushRequest } from '../../server/contract/sync/wire.ts'
import { ClientId, MutationId } from '../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { wasNotSent } from '../platform/server-failure.ts'
import { changeOverlaid, changeSession, type Changes, newChanges, settleChanges } from '../store/changes.ts'
import { bodyOf, write, type WriteTx } from '../store/db.ts'
import { saveAttention } from '../store/outbox/attention.ts'
import { claimBatch, type ClaimedBatch, registerAnew, releaseBatch } from '../store/outbox/claim.ts'
import { isReport, type OutboxRow, removeAnswered } from '../store/outbox/outbox.ts'
import { dropOverlay, markOverlayAcknowledged, type Overlaid } from '../store/outbox/overlay.ts'
import { getPosition } from '../store/sync-state/sync-state.ts'

/** The sequence of this client id and the server's no longer agree. */
const NUMBERS_DIFFER: ReadonlySet<ErrorCode> = new Set(['sync.gap', 'sync.client-foreign', 'conflict.exists'])
/** The server looked at what was sent and will not take it; everything else that it says may pass. */
export const REFUSES_CONTENTS: ReadonlySet<ErrorCode> = new Set(['auth.denied', 'input.invalid', 'input.too-large'])

/**
 * @param atMost 1 after the server refused a whole batch
 * @returns what changed, or undefined when nothing was due
 * @throws AppError with what the schedule then does by its table
 */
export async function pushOnce(
  seams: { db: Database; api: ServerApi },
  personId: string,
  nowMs: () => number,
  atMost: number,
): Promise<Changes | undefined> {
  const { db, api } = seams
  const batch = write(db, (tx) => claimBatch(tx, personId, nowMs(), atMost))
  if (batch === undefined) return undefined
  try {
    const { results } = await api.call('sync.push', { body: requestOf(batch) })
    return write(db, (tx) => settleResults(tx, batch, results, nowMs()))
  } catch (cause) {
    return refused(db, personId, batch, AppError.from(cause), nowMs())
  }
}

/** The same rows give the same bytes, however often it is sent. */
function requestOf(batch: ClaimedBatch): PushRequest {
  return {
    protocol: PROTOCOL_VERSION,
    clientId: ClientId.parse(batch.clientId),
    mutations: batch.rows.map((row) => ({
      id: MutationId.parse(row.mutationId),
      clientSeq: row.clientSeq ?? 0,
      name: row.name,
      version: row.version,
      args: JSON.parse(row.args) as unknown,
      base: JSON.parse(row.base) as Record<string, unknown>, // written by enqueue alone
      ...(row.confirmedAtMs !== null && { confirmedAtMs: row.confirmedAtMs }),
    })),
  }
}

function refused(db: Database, personId: string, batch: ClaimedBatch, error: AppError, nowMs: number): Changes {
  if (NUMBERS_DIFFER.has(error.code)) write(db, (tx) => registerAnew(tx, personId))
  else if (batch.isFirstAttempt && wasNotTaken(error)) write(db, (tx) => releaseBatch(tx, personId, batch.rows))
  else if (REFUSES_CONTENTS.has(error.code)) {
    if (batch.rows.length === 1) return parkAlone(db, batch, error, nowMs)
    write(db, (tx) => registerAnew(tx, personId)) // sent again one by one, so that only the culprit is parked
  }
  throw error
}

/** No byte left, or nobody was signed in: the server cannot have applied anything of this attempt. */
function wasNotTaken(error: AppError): boolean {
  return wasNotSent(error) || error.code === 'auth.required'
}

/** The server cannot take this one change at all: it is kept and counted, and the queue goes on under a new client id. */
function parkAlone(db: Database, batch: ClaimedBatch, error: AppError, nowMs: number): Changes {
  return write(db, (tx) => {
    const changes = newChanges()
    for (const row of batch.rows) {
      settleOne(tx, row, { status: 'parked', code: error.code, feedSeq: null }, nowMs, changes)
      registerAnew(tx, row.personId)
    }
    settleChanges(tx, changes)
    return changes
  })
}

function settleResults(tx: WriteTx, batch: ClaimedBatch, results: readonly MutationResult[], nowMs: number): Changes {
  const changes = newChanges()
  const settled = batch.rows.filter((row) => {
    const result = results.find(({ id, clientSeq }) => id === row.mutationId && clientSeq === row.clientSeq)
    if (result !== undefined) settleOne(tx, row, result, nowMs, changes)
    return result !== undefined
  })
  // An answer about nothing that was sent must not count as progress: the batch would be sent for ever without a pause.
  if (settled.length === 0) throw new AppError('server.unreachable', { reason: 'push-without-results' })
  settleChanges(tx, changes)
  return changes
}

function settleOne(
  tx: WriteTx,
  row: OutboxRow,
  result: Pick<MutationResult, 'status' | 'code' | 'feedSeq'>,
  nowMs: number,
  changes: Changes,
): void {
  removeAnswered(tx, row.mutationId)
  if (result.status !== 'applied') {
    if (!isReport(row.name)) saveAttention(tx, row, { status: result.status, code: result.code, atMs: nowMs })
    touch(tx, dropOverlay(tx, row.mutationId), changes)
    return
  }
  const { seq, bootstrapping } = getPosition(tx)
  const reached = result.feedSeq === null || (!bootstrapping && result.feedSeq <= seq)
  if (reached) touch(tx, dropOverlay(tx, row.mutationId), changes)
  else markOverlayAcknowledged(tx, row.mutationId, result.feedSeq ?? 0)
  if (row.name === 'read.record') changeSession(tx, changes, bodyOf<{ sessionId: string }>(row.args).sessionId)
}

function touch(tx: WriteTx, overlaid: Overlaid | undefined, changes: Changes): void {
  if (overlaid !== undefined) changeOverlaid(tx, changes, overlaid)
}
