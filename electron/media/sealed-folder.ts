import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../platform/durable-write.ts'
import { seal, sealedName, unseal } from './sealed-bytes.ts'

/** A folder of encrypted files under names that only the data key can make. */
export type SealedFolder = {
  save(name: readonly string[], plain: Uint8Array): Promise<void>
  /** Undefined when it is absent or damaged. */
  find(name: readonly string[]): Promise<Buffer | undefined>
  remove(name: readonly string[]): Promise<void>
}

export function openSealedFolder(folder: string, dataKey: Uint8Array): SealedFolder {
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
  }
}
