import type { PhotoSize } from '../../server/contract/domain/photos.ts'

export type CacheKey = `${string}/${PhotoSize}`

/** One decoded photo that somebody wants. */
export type Wanted = {
  readonly hash: string
  readonly size: PhotoSize
  /** Of its decoded pixels: width x height x 4. */
  readonly bytes: number
  /** Nobody sees it before another key: loaded only once the screen stands still. */
  readonly canWait?: boolean
}

export function cacheKey(hash: string, size: PhotoSize): CacheKey {
  return `${hash}/${size}`
}

/**
 * The photos to hold: in order of importance, each one once, until the budget is used up. The order of the result is
 * the order of loading. A photo larger than what is left ends the plan, so that a less important one never displaces it.
 */
export function planCache(wanted: readonly Wanted[], budgetBytes: number): Map<CacheKey, Wanted> {
  const planned = new Map<CacheKey, Wanted>()
  let leftBytes = budgetBytes
  for (const photo of wanted) {
    const key = cacheKey(photo.hash, photo.size)
    if (planned.has(key)) continue
    // The first one is held whatever its size: a photo on screen must be shown.
    if (photo.bytes > leftBytes && planned.size > 0) break
    planned.set(key, photo)
    leftBytes -= photo.bytes
  }
  return planned
}
