import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError, ERRORS } from '../../contract/errors.ts'
import { errorBody } from './error-body.ts'

/** For the answer to be read. No limit of HTTP's is left on the connection: who does not hang up would hold it for ever. */
const LINGER_MS = 5000

/** Answers as plain HTTP where there is no reply to answer with, in the one shape of every error, and hangs up. */
export function refuseOnSocket(socket: Duplex, error: AppError): void {
  const cut = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(cut))
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

/** Bytes that are no HTTP, headers without end, a request that never ends: no route, hook or handler sees them. */
export function answerBrokenHttp(cause: Error & { code?: string }, socket: Duplex): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  refuseOnSocket(socket, new AppError(cause.code === 'HPE_HEADER_OVERFLOW' ? 'input.too-large' : 'input.invalid'))
}
