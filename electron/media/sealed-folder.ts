import { glob, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../platform/durable-write.ts'
import { openPartialFile, PARTIAL, type PartialFile } from './partial-file.ts'
import { sealedName, sealInPieces } from './sealed-bytes.ts'
import { readSealedFile } from './sealed-file.ts'

const ABANDONED_AFTER_MS = 7 * 24 * 60 * 60 * 1000

/** A folder of encrypted files under names that only the data key can make. */
export type SealedFolder = {
  save(name: readonly string[], plain: Uint8Array): Promise<void>
  /** Undefined when it is absent or damaged. */
  find(name: readonly string[]): Promise<Buffer | undefined>
  /** What came of it so far goes too. */
  remove(name: readonly string[]): Promise<void>
  /** A file that comes piece by piece; it is not found before `keep`. One at a time of a name. */
  resume(name: readonly string[], wholeBytes: number): Promise<PartialFile>
  /** Half-written files of a process that was killed, and beginnings that nobody has gone on with for a week. */
  removeDrafts(): Promise<void>
}

export function openSealedFolder(folder: string, dataKey: Uint8Array): SealedFolder {
  const openedAtMs = Date.now() // the file system's clock, not the workstation's
  const fileOf = (name: readonly string[]) => {
    const hidden = sealedName(dataKey, ...name)
    return path.join(folder, hidden.slice(0, 2), hidden)
  }
  return {
    save: (name, plain) => writeDurably(fileOf(name), sealInPieces(dataKey, plain)),
    find: (name) => readSealedFile(fileOf(name), dataKey),
    remove: async (name) => {
      await rm(fileOf(name), { force: true })
      await rm(fileOf(name) + PARTIAL, { force: true })
    },
    resume: (name, wholeBytes) => openPartialFile(fileOf(name), dataKey, wholeBytes),
    removeDrafts: async () => {
      await removeDrafts(folder, '*/*.part', openedAtMs)
      await removeDrafts(folder, `*/*${PARTIAL}`, openedAtMs - ABANDONED_AFTER_MS)
    },
  }
}

async function removeDrafts(folder: string, pattern: string, beforeMs: number): Promise<void> {
  for await (const draft of glob(pattern, { cwd: folder })) {
    const file = path.join(folder, draft)
    const found = await stat(file).catch(() => undefined) // gone: another sweep was quicker
    if (found !== undefined && found.mtimeMs < beforeMs) await rm(file, { force: true })
  }
}
