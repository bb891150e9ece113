import type { ErrorCode } from '../../../server/contract/errors.ts'
import type { AttentionStatus } from './attention.ts'

/** The same contents meet the same refusal for ever: only a new decision helps. */
const NEVER_PASSES: ReadonlySet<ErrorCode> = new Set([
  'input.too-large',
  'read.fit-without-aligners',
  'read.supersede-foreign',
  'read.adjudication-invalid',
  'read.correction-invalid',
  'read.second-read-invalid',
  'question.answered',
])

/**
 * Whether the reason may have gone meanwhile: a role was given back, the scan has arrived, the server was updated.
 * An action that lost would lose again: what won stays.
 */
export function mayRetry(status: AttentionStatus, code: ErrorCode | null): boolean {
  return (status === 'rejected' || status === 'parked') && (code === null || !NEVER_PASSES.has(code))
}
