import { stat } from 'node:fs/promises'
import type { Handlers } from '../../preload/contract/ipc.ts'
import type { StorageUsage } from '../../preload/contract/storage.ts'
import { workstationPaths } from '../platform/paths.ts'
import { freeBytesAt } from '../platform/free-space.ts'
import { write } from '../store/db.ts'
import { savePhotoBudget } from '../store/storage/photo-budget.ts'
import { describeUsage } from '../store/storage/usage.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** What is kept on this computer, how much photos may take, and whether it is what the server has. */
export function storageHandlers(workstation: Workstation, dataDir: string) {
  const usage = async (): Promise<StorageUsage> => {
    const { db } = openFor(workstation)
    const disk = { storeBytes: await storeBytesIn(dataDir), freeBytes: await freeBytesIn(dataDir) }
    return describeUsage(db, disk)
  }
  return {
    'storage.usage': usage,
    'storage.setBudget': async ({ gib }) => {
      const { db, photos } = openFor(workstation)
      write(db, (tx) => savePhotoBudget(tx, gib))
      await photos.makeRoom()
      return usage()
    },
    'storage.check': async () => {
      await openFor(workstation).sync.checkNow()
      return usage()
    },
  } satisfies Partial<Handlers>
}

/** The store with the log that SQLite writes beside it. */
async function storeBytesIn(dataDir: string): Promise<number> {
  const { store } = workstationPaths(dataDir)
  const sizes = await Promise.all([store, `${store}-wal`].map(sizeOf))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ENOENT') return 0 // no log is written while nothing changes
    throw cause
  }
}

async function freeBytesIn(dataDir: string): Promise<number> {
  const free = await freeBytesAt(dataDir)
  return Number.isFinite(free) ? free : Number.MAX_SAFE_INTEGER // the system does not say
}
