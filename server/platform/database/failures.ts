import { DatabaseError } from 'pg'
import { AppError } from '../../contract/errors.ts'
import { NO_CONNECTION } from './prepared.ts'

/** SQLSTATE: serialization failure, deadlock, lock timeout, statement timeout, idle-in-transaction timeout, no connection left. */
const PASSING_STATES = ['40001', '40P01', '55P03', '57014', '25P03', '53300']
/** The way to the database: its process, its socket, its network, its name. */
const NO_WAY = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]
const PASSING = new Set([...PASSING_STATES, ...NO_WAY, NO_CONNECTION])
const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'

/**
 * What a database failure means to whoever asked, decided by its code alone. `server.busy`: the same request may succeed
 * a moment later. Data the database cannot hold (a NUL in a text) and a reference to nothing are the caller's
 * mistake: as a 500 they would be sent again for ever. Anything else is ours and passes through unchanged.
 */
export function meaningOf(cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause
  const code = 'code' in cause ? String(cause.code) : ''
  if (PASSING.has(code)) return new AppError('server.busy', {}, { cause })
  if (!(cause instanceof DatabaseError)) return cause
  if (code.startsWith('08') || code.startsWith('57P')) return new AppError('server.busy', {}, { cause })
  if (code === UNIQUE_VIOLATION) return new AppError('conflict.exists', {}, { cause })
  if (code === FOREIGN_KEY_VIOLATION || code.startsWith('22')) return new AppError('input.invalid', {}, { cause })
  return cause
}
