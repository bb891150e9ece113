/** Where an upload goes and what must be sent with it. A bearer address: never logged. */
export type SignedUpload = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAtMs: number
}

export type ObjectFacts = { readonly bytes: number }

/**
 * Bytes by key: a folder by default, S3 when LOUPE_S3_BUCKET is set; one contract suite holds both.
 * Keys are made by the server only (`<practice>/photos/<sha256>/original`), never from a caller's text.
 */
export type ObjectStore = {
  /**
   * An address for exactly one PUT of these bytes: length and type are signed, an existing object is not overwritten
   * (`If-None-Match: *`), good for `ttlSeconds` (120-300).
   */
  signUpload(
    key: string,
    what: { bytes: number; mediaType: string; sha256: string },
    ttlSeconds: number,
  ): Promise<SignedUpload>
  readonly parts: PartedUploads
  /** An address for GET with ranges, good for `ttlSeconds`. */
  signDownload(key: string, ttlSeconds: number): Promise<string>
  /** Undefined when there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>
  /** @throws AppError `not-found` */
  get(key: string): Promise<Uint8Array>
  /** Writes or, with equal content, leaves alone; durable when it returns. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  delete(key: string): Promise<void>
  /** Cheap check for /readyz. */
  isReachable(): Promise<boolean>
}

export type UploadedPart = {
  /** From 1. */
  readonly part: number
  readonly etag: string
  readonly sha256: string
}

/** Uploads whose parts come one by one. The object is there once `complete` has joined them, and not before. */
export type PartedUploads = {
  /** @returns the upload's id, good for this key alone */
  start(key: string, mediaType: string): Promise<string>
  /**
   * An address for one PUT of exactly these bytes, or the part's etag when the store knows that it has them.
   * @throws AppError `not-found` when there is no such upload (a store may say so only at `complete`)
   */
  signPart(
    key: string,
    uploadId: string,
    part: { part: number; bytes: number; sha256: string },
    ttlSeconds: number,
  ): Promise<SignedUpload | { readonly etag: string }>
  /**
   * Never overwrites. Stores differ in whether they compare the whole with its hash.
   * @throws AppError `not-found`; `upload.length` when the parts are not those that were uploaded
   */
  complete(
    key: string,
    uploadId: string,
    whole: { parts: readonly UploadedPart[]; bytes: number; sha256: string },
  ): Promise<void>
  abort(key: string, uploadId: string): Promise<void>
  /** Uploads begun before that nobody completed. @returns how many */
  removeStale(beforeMs: number): Promise<number>
}

export const objectKeys = {
  original: (practiceId: string, sha256: string) => `${practiceId}/photos/${sha256}/original`,
  rendition: (practiceId: string, sha256: string, edgePx: number) => `${practiceId}/photos/${sha256}/${edgePx}.jpg`,
}
