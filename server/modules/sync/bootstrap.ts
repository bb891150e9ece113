import { AppError } from '../../contract/errors.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { BootstrapAnswer } from '../../contract/sync/wire.ts'
import { type PersonPrincipal, withText } from '../../http/handler.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { countHeads, listHeads } from './heads.ts'
import { maySeeEntity } from './policy.ts'
import { refuseTooOld } from './position.ts'

export type BootstrapQuery = {
  readonly entity: EntityName
  /** The last id of the page before; absent for an entity's first page. */
  readonly after?: string | undefined
  readonly limit: number
  readonly protocol: number
}

/**
 * A page of one entity's rows as they stand now, by key. No page waits for another: rows that change in between come
 * again with the feed, from the first page's `seq` on.
 * @throws AppError `sync.too-old`: could not be read; the workstation may still push
 */
export async function bootstrap(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
  caller: PersonPrincipal,
  query: BootstrapQuery,
  oldestProtocol: number = OLDEST_PULL_PROTOCOL,
): Promise<BootstrapAnswer> {
  const { practiceId, roles } = caller
  const { entity, after, limit } = query
  refuseTooOld(query.protocol, oldestProtocol)
  return deps.database.inPractice(practiceId, async (tx) => {
    // Of what the caller may not see not even the first row is read.
    const maySee = maySeeEntity(roles, entity)
    const { clock, count, lastId, rowsText } = await listHeads(tx, practiceId, {
      entity,
      after,
      limit: maySee ? limit : 0,
    })
    if (clock === undefined) throw new AppError('not-found')
    const totals = after === undefined ? await countHeads(tx, practiceId) : undefined
    const visible = totals?.filter((total) => maySeeEntity(roles, total.entity))
    if (count > 0) {
      const event = { action: 'sync.bootstrap', outcome: 'done', subject: { entity, count } } as const
      await appendAudit(tx, practiceId, caller, deps.clock.nowMs(), event)
    }
    const rest = {
      epoch: clock.epoch,
      seq: clock.seq,
      // A full page may be the last one: the next is empty then.
      next: maySee && count === limit ? (lastId ?? null) : null,
      totals: visible === undefined ? null : Object.fromEntries(visible.map((total) => [total.entity, total.count])),
      protocol: PROTOCOL_VERSION,
    }
    return withText<BootstrapAnswer, 'rows'>(rest, 'rows', rowsText)
  })
}
