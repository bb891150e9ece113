import { createHmac, timingSafeEqual } from 'node:crypto'

/** Everything a presigned address of the folder store promises. Lengths are bytes; the end is the server's clock. */
export type SignedUpload = {
  readonly method: 'PUT'
  readonly key: string
  readonly bytes: number
  readonly mediaType: string
  readonly sha256: string
  readonly expiresAtMs: number
}
export type SignedDownload = { readonly method: 'GET'; readonly key: string; readonly expiresAtMs: number }

export function sign(secret: Uint8Array, what: SignedUpload | SignedDownload): string {
  const parts =
    what.method === 'PUT'
      ? ['PUT', what.key, what.bytes, what.mediaType, what.sha256, what.expiresAtMs]
      : ['GET', what.key, what.expiresAtMs]
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url')
}

export function isSignedBy(
  secret: Uint8Array,
  what: SignedUpload | SignedDownload,
  signature: string,
  nowMs: number,
): boolean {
  const expected = Buffer.from(sign(secret, what))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) && nowMs < what.expiresAtMs
}
