import { AppError } from '../../contract/errors.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { type Cursor, parseCursor } from '../../contract/sync/wire.ts'
import type { Clock } from './repository.ts'

const FROM_THE_START: Cursor = '0.0'

/** @throws AppError `sync.too-old`: this workstation could not read the rows. It may still push. */
export function refuseTooOld(protocol: number, oldestProtocol: number): void {
  if (protocol < oldestProtocol) {
    throw new AppError('sync.too-old', { tooOld: 'workstation', serverProtocol: PROTOCOL_VERSION })
  }
}

/**
 * The position that a cursor names.
 * @throws AppError `sync.epoch`: another epoch, a position whose followers are gone, or one that this feed never reached
 *   (a restored server). The workstation starts again with a fresh copy.
 */
export function positionOf(cursor: Cursor, clock: Clock): number {
  const asked = parseCursor(cursor)
  const epoch = cursor === FROM_THE_START ? clock.epoch : asked.epoch
  if (epoch !== clock.epoch || asked.seq < clock.minSeq || asked.seq > clock.seq) {
    throw new AppError('sync.epoch', { epoch: clock.epoch, minSeq: clock.minSeq })
  }
  return asked.seq
}
