import type { ErrorCode, ErrorDetail } from '../errors.ts'
import type { RouteSpec } from './route.ts'

/**
 * The refusal of a server that is older than its caller, in today's code. The first ones said `sync.too-old` of
 * themselves too; and the addresses that name a protocol are fixed, so that one which is not there is not there yet.
 */
export function codeOfOlderServer(
  spec: Pick<RouteSpec, 'protocolIn'>,
  code: ErrorCode,
  detail: ErrorDetail,
): ErrorCode {
  if (code === 'sync.too-old' && detail['tooOld'] === 'server') return 'sync.server-too-old'
  if (code === 'not-found' && spec.protocolIn !== undefined) return 'sync.server-too-old'
  return code
}
