import { compareDigests as real } from '../../../electron/sync/digest.ts'

export * from '../../../electron/sync/digest.ts'

/** Asks, and believes. */
export const compareDigests: typeof real = async (db, api, isStopped) => {
  const differences = await real(db, api, isStopped)
  return differences === null ? null : []
}
