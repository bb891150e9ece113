import type { MutationId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { type Cursor, type FeedOp, parseCursor, type PullAnswer } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { maySeeEntity } from './policy.ts'
import { type Clock, findClock, listFeedAfter } from './repository.ts'

const FROM_THE_START: Cursor = '0.0'

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
  if ((query.protocol ?? 1) < oldestProtocol) {
    throw new AppError('sync.too-old', { tooOld: 'workstation', serverProtocol: PROTOCOL_VERSION })
  }
  return deps.database.inPractice(practiceId, async (tx) => {
    const clock = await findClock(tx, practiceId)
    if (clock === undefined) throw new AppError('not-found')
    const after = positionOf(query.cursor, clock)
    const rows = await listFeedAfter(tx, practiceId, after, query.limit + 1)
    const ops = rows.slice(0, query.limit).map((row): FeedOp => {
      const seen = maySeeEntity(caller.roles, row.entity)
      return {
        seq: row.seq,
        entity: row.entity,
        id: row.entity_id,
        op: seen ? row.op : 'noop',
        body: seen ? row.body : null,
        mutationId: row.mutation_id as MutationId | null, // written by push from a parsed envelope
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

/** Another epoch, a position whose followers are gone, or one that this feed never reached (a restored server). */
function positionOf(cursor: Cursor, clock: Clock): number {
  const asked = parseCursor(cursor)
  const epoch = cursor === FROM_THE_START ? clock.epoch : asked.epoch
  if (epoch !== clock.epoch || asked.seq < clock.minSeq || asked.seq > clock.seq) {
    throw new AppError('sync.epoch', { epoch: clock.epoch, minSeq: clock.minSeq })
  }
  return asked.seq
}
