import { statfs } from 'node:fs/promises'

/** What this account may still write on the disk of that folder; Infinity where the system does not say. */
export async function freeBytesAt(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY // a file system without figures: a full disk shows when it is written to
  }
}
