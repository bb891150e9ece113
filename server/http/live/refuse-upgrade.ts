import type { Duplex } from 'node:stream'
import type { AppError } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import { refuseOnSocket } from '../border/refuse-on-socket.ts'

/** Answers a refused upgrade as plain HTTP and hangs up. */
export function refuseUpgrade(socket: Duplex, error: AppError, log: Logger): void {
  if (error.code === 'internal') log.error('live.upgrade-failed', error.cause ?? error)
  refuseOnSocket(socket, error)
}
