import type { ErrorCode } from '../errors.ts'

/** Codes that came with a later protocol than the first, and what an older workstation is told in their place. */
const CODES_SINCE: Partial<Record<ErrorCode, { readonly protocol: number; readonly before: ErrorCode }>> = {
  'read.correction-invalid': { protocol: 3, before: 'input.invalid' },
  'read.second-read-invalid': { protocol: 3, before: 'input.invalid' },
  'rules.stale': { protocol: 3, before: 'conflict.exists' },
  'goal.stale': { protocol: 3, before: 'conflict.exists' },
  'question.answered': { protocol: 3, before: 'conflict.exists' },
  'sync.server-too-old': { protocol: 2, before: 'sync.too-old' },
  'session.withdrawn': { protocol: 2, before: 'not-found' },
  'outbox.unreadable': { protocol: 2, before: 'input.invalid' },
  'outbox.other-practice': { protocol: 2, before: 'auth.denied' },
  'store.read-only': { protocol: 2, before: 'store.full' },
  'server.silent': { protocol: 2, before: 'server.unreachable' },
  'server.certificate': { protocol: 2, before: 'server.unreachable' },
  'server.not-loupe': { protocol: 2, before: 'server.unreachable' },
}

/**
 * The code in words that a workstation of this protocol knows. To it an answer with any other code would be no answer
 * of the server: it would send the same changes for ever.
 */
export function codeForProtocol(code: ErrorCode, protocol: number): ErrorCode {
  const since = CODES_SINCE[code]
  return since !== undefined && protocol < since.protocol ? since.before : code
}
