import { glob, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../platform/durable-write.ts'
import { seal, sealedName, unseal } from './sealed-bytes.ts'

/** A folder of encrypted files under names that only the data key can make. */
export type SealedFolder = {
  save(name: readonly string[], plain: Uint8Array): Promise<void>
  /** Undefined when it is absent or damaged. */
  find(name: readonly string[]): Promise<Buffer | undefined>
  remove(name: readonly string[]): Promise<void>
  /** Half-written files of a process that was killed. */
  removeDrafts(): Promise<void>
}

export function openSealedFolder(folder: string, dataKey: Uint8Array): SealedFolder {
  const openedAtMs = Date.now() // the file system's clock, not the workstation's
  const fileOf = (name: readonly string[]) => {
    const hidden = sealedName(dataKey, ...name)
    return path.join(folder, hidden.slice(0, 2), hidden)
  }
  return {
    save: (name, plain) => writeDurably(fileOf(name), seal(dataKey, plain)),
    find: async (name) => {
      try {
        return unseal(dataKey, await readFile(fileOf(name)))
      } catch (cause) {
        if ((cause as { code?: unknown }).code === 'ENOENT') return undefined
        throw cause
      }
    },
    remove: (name) => rm(fileOf(name), { force: true }),
    removeDrafts: () => removeDrafts(folder, openedAtMs),
  }
}

async function removeDrafts(folder: string, beforeMs: number): Promise<void> {
  for await (const draft of glob('*/*.part', { cwd: folder })) {
    const file = path.join(folder, draft)
    const found = await stat(file).catch(() => undefined) // gone: another sweep was quicker
    if (found !== undefined && found.mtimeMs < beforeMs) await rm(file, { force: true })
  }
}
