import type { MutationId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { type Cursor, type FeedOp, parseCursor, type PullAnswer } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { listFeedAfter } from './feed.ts'
import { maySeeEntity } from './policy.ts'
import { positionOf, refuseTooOld } from './position.ts'

/**
 * The next page of the feed.
 * @throws AppError `sync.epoch` when the workstation must start again with a fresh copy; `sync.too-old` when it could
 *   not read the rows: it may still push
 */
export async function pull(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
  caller: PersonPrincipal,
  query: { cursor: Cursor; limit: number; protocol?: number | undefined },
  oldestProtocol: number = OLDEST_PULL_PROTOCOL,
): Promise<PullAnswer> {
  const { practiceId } = caller
  refuseTooOld(query.protocol ?? 1, oldestProtocol)
  return deps.database.inPractice(practiceId, async (tx) => {
    const { clock, rows } = await listFeedAfter(tx, practiceId, parseCursor(query.cursor).seq, query.limit + 1)
    if (clock === undefined) throw new AppError('not-found')
    const after = positionOf(query.cursor, clock)
    const ops = rows.slice(0, query.limit).map((row): FeedOp => {
      const seen = maySeeEntity(caller.roles, row.entity)
      return {
        seq: row.seq,
        entity: row.entity,
        id: row.id,
        op: seen ? row.op : 'noop',
        body: seen ? row.body : null,
        mutationId: row.mutationId as MutationId | null, // written by push from a parsed envelope
      }
    })
    const from = after + 1
    const to = ops.at(-1)?.seq ?? after
    if (ops.length > 0) {
      // Only pages with something in them: an idle workstation asks each minute and learns nothing.
      const event = { action: 'sync.pull', outcome: 'done', subject: { from, to } } as const
      await appendAudit(tx, practiceId, caller, deps.clock.nowMs(), event)
    }
    const { epoch, minSeq } = clock
    return { epoch, from, to, ops, more: rows.length > query.limit, minSeq, protocol: PROTOCOL_VERSION }
  })
}
