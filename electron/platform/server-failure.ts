import { errors } from 'undici'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'

/** Nobody who speaks for the server has answered: it is away, silent, or something else is in its place. */
const NO_ANSWER: ReadonlySet<ErrorCode> = new Set([
  'server.unreachable',
  'server.silent',
  'server.certificate',
  'server.not-loupe',
])

export function isNoAnswer(code: ErrorCode): boolean {
  return NO_ANSWER.has(code)
}

/** No byte of the request can have left this computer: whatever it carried was taken by nobody. */
export function wasNotSent(error: AppError): boolean {
  return isNoAnswer(error.code) && error.detail['sent'] === false
}

/** OpenSSL's verdicts on a certificate, by Node's names for them; those about revocation lists included. */
const DISTRUSTED: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CRL_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'UNSPECIFIED', // a verdict without a name of its own, such as a key that is too weak
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
])
/** What answers does not speak TLS at all: a proxy, or a plain web server on that port. */
const NOT_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_HTTPS_PROXY_REQUEST',
])
const NO_ANSWER_IN_TIME: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
  'OAUTH_TIMEOUT',
])
/** Bytes that are no HTTP, and openid-client's words for an answer that is no provider's. */
const NOT_OURS: ReadonlySet<string> = new Set(['HPE', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR'])
/** The connection ended under the request. */
const LOST: ReadonlySet<string> = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
])

/** @param connected false when no connection came about, so that nothing can have been sent */
export function failureOf(cause: unknown, connected: boolean): AppError {
  const chain = chainOf(cause)
  const known = chain.find((link) => link instanceof AppError)
  if (known !== undefined) return known
  const codes = chain.map(codeOf)
  const code = meaningOf(codes, connected)
  const isUnsent = !connected || code === 'server.certificate'
  return new AppError(code, { sent: !isUnsent }, { cause })
}

/** A connection that was kept open and has died meanwhile fails its next request: a fresh one may do better. */
export function wasConnectionLost(cause: unknown): boolean {
  return chainOf(cause).some((link) => LOST.has(codeOf(link)))
}

const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504])
const PROXY_STATUSES: ReadonlySet<number> = new Set([407, 511])

/**
 * Neither the server nor an object store nor a sign-in's own addresses answer with a page or send us elsewhere: proxies
 * and captive portals do.
 * @throws AppError
 */
export function refuseForeign(status: number, contentType: string): void {
  const isPage = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType)
  const isRedirect = status >= 300 && status < 400 && status !== 304
  if (!isPage && !isRedirect && !PROXY_STATUSES.has(status)) return
  // A gateway's own page about the server behind it: the server is away, and nobody needs to mend the network.
  throw new AppError(GATEWAY_STATUSES.has(status) ? 'server.unreachable' : 'server.not-loupe', { status })
}

function meaningOf(codes: readonly string[], connected: boolean): ErrorCode {
  const any = (of: (code: string) => boolean) => codes.some(of)
  if (any((code) => DISTRUSTED.has(code))) return 'server.certificate'
  if (any((code) => NOT_TLS.has(code) || NOT_OURS.has(code))) return 'server.not-loupe'
  if (any((code) => NO_ANSWER_IN_TIME.has(code))) return 'server.silent'
  // While shaking hands: no common version of TLS, or a chain that OpenSSL cannot read.
  if (!connected && any((code) => code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')))
    return 'server.certificate'
  return 'server.unreachable'
}

/** The error, what caused it, and what each address of a host said. */
function chainOf(cause: unknown): unknown[] {
  const chain: unknown[] = []
  for (let next = [cause]; next.length > 0 && chain.length < 20; ) {
    chain.push(...next)
    next = next.flatMap((link) => [
      ...(link instanceof Error && link.cause !== undefined ? [link.cause] : []),
      ...(link instanceof AggregateError ? (link.errors as unknown[]) : []),
    ])
  }
  return chain
}

function codeOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return 'ETIMEDOUT'
  if (cause instanceof errors.HTTPParserError) return 'HPE' // its own code is not always there
  const code = (cause as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : ''
}
