/** The newest so many, by use. `undefined` is a value: a photo that could not be read is not tried again. */
export function createFeatureCache<T>(most: number) {
  const kept = new Map<string, T | undefined>()
  return {
    has: (hash: string) => kept.has(hash),
    find(hash: string): T | undefined {
      const value = kept.get(hash)
      if (kept.delete(hash)) kept.set(hash, value)
      return value
    },
    save(hash: string, value: T | undefined) {
      kept.delete(hash)
      kept.set(hash, value)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },
  }
}
