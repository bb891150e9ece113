import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { MediaType, PhotoSize } from '../../server/contract/domain/photos.ts'

export type PhotoRequest = {
  readonly hash: PhotoHash
  readonly size: PhotoSize
  /** Asked for ahead: not worth fetching from the server. */
  readonly onlyKept: boolean
}

/**
 * `/<hash>/<size>` of a photo's address, with `/kept` behind it for one that nobody needs yet; undefined for anything
 * else, so no odd path ever reaches the cache.
 */
export function parsePhotoPath(urlPath: string): PhotoRequest | undefined {
  const [empty, first, second, kept, ...more] = urlPath.split('/')
  const hash = PhotoHash.safeParse(first)
  const size = PhotoSize.safeParse(second)
  const isWhole = empty === '' && more.length === 0 && (kept === undefined || kept === 'kept')
  return isWhole && hash.success && size.success
    ? { hash: hash.data, size: size.data, onlyKept: kept !== undefined }
    : undefined
}

/** Photos are decrypted for the window alone: no copy may stay in a cache on disk. */
export const PHOTO_CACHE_CONTROL = 'no-store'

/** A photo's bytes never run or render as anything else, whatever type was recorded for them. */
export function photoType(mediaType: string): string {
  return MediaType.safeParse(mediaType).success ? mediaType : 'application/octet-stream'
}
