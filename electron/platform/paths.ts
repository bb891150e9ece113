import path from 'node:path'

export type WorkstationPaths = {
  readonly keyRecord: string
  readonly store: string
  /** Given back to a full disk. */
  readonly reserve: string
  readonly photos: string
  readonly staging: string
}

/** Everything of one workstation lies in its data folder; every file but the key record is encrypted. */
export function workstationPaths(dataDir: string): WorkstationPaths {
  return {
    keyRecord: path.join(dataDir, 'key.json'),
    store: path.join(dataDir, 'store.db'),
    reserve: path.join(dataDir, 'reserve.bin'),
    photos: path.join(dataDir, 'photos'),
    staging: path.join(dataDir, 'staging'),
  }
}
