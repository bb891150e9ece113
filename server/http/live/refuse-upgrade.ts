import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type AppError, ERRORS } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import { errorBody } from '../border/error-body.ts'

/** Answers a refused upgrade as plain HTTP, in the one shape of every error, and hangs up. */
export function refuseUpgrade(socket: Duplex, error: AppError, log: Logger): void {
  if (error.code === 'internal') log.error('live.upgrade-failed', error.cause ?? error)
  const { status } = ERRORS[error.code]
  const detail = error.code === 'internal' ? {} : error.detail
  const body = JSON.stringify(errorBody(error.code, detail, randomUUID()))
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
