export type Waits = { readonly firstMs: number; readonly lastMs: number }

/**
 * Full jitter, so that a thousand workstations do not come back to a restarted server at once.
 * @param failures in a row, from 1
 */
export function backoffMs(failures: number, { firstMs, lastMs }: Waits, random: () => number = Math.random): number {
  const ceiling = Math.min(lastMs, firstMs * 2 ** (failures - 1))
  return Math.max(firstMs, random() * ceiling)
}
