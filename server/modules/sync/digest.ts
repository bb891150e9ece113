import { createHash } from 'node:crypto'
import { AppError } from '../../contract/errors.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { ENTITY_NAMES } from '../../contract/sync/entities.ts'
import { type Cursor, type DigestAnswer, type EntityDigest, parseCursor } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import { listHeadDigests } from './heads.ts'
import { maySeeEntity } from './policy.ts'
import { positionOf, refuseTooOld } from './position.ts'

const SHA256_OF_NOTHING = createHash('sha256').digest('hex')

/**
 * What the server itself holds at a cursor, for a workstation to compare its own rows with. Nothing of it comes from
 * the workstation but the cursor; null once the feed has moved on.
 * @throws AppError `sync.epoch`, `sync.too-old` as a pull does
 */
export async function digest(
  deps: Pick<ModuleDeps, 'database'>,
  caller: PersonPrincipal,
  query: { readonly cursor: Cursor; readonly protocol: number },
  oldestProtocol: number = OLDEST_PULL_PROTOCOL,
): Promise<DigestAnswer> {
  const { practiceId, roles } = caller
  refuseTooOld(query.protocol, oldestProtocol)
  return deps.database.inPractice(practiceId, async (tx) => {
    const found = await listHeadDigests(tx, practiceId, parseCursor(query.cursor).seq)
    const { clock } = found
    if (clock === undefined) throw new AppError('not-found')
    const position = positionOf(query.cursor, clock)
    // An entity without rows has a digest too: a workstation that holds some must notice.
    const digests = ENTITY_NAMES.filter((entity) => maySeeEntity(roles, entity)).map(
      (entity): EntityDigest =>
        found.digests.find((other) => other.entity === entity) ?? { entity, count: 0, sha256: SHA256_OF_NOTHING },
    )
    const isHere = position === clock.seq
    return { epoch: clock.epoch, seq: clock.seq, digests: isHere ? digests : null, protocol: PROTOCOL_VERSION }
  })
}
