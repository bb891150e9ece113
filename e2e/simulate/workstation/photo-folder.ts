import { seal, unseal } from '../../../electron/media/sealed-bytes.ts'
import type { PartialFile } from '../../../electron/media/partial-file.ts'
import type { SealedFolder } from '../../../electron/media/sealed-folder.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { sha256 } from '../server/sim-server.ts'
import { Crashed } from './disk.ts'

type Process = { readonly isAlive: () => boolean; readonly isFull: () => boolean }

/** The folder of encrypted photos, in memory: whole files under their names, and beginnings of others. It outlives its process. */
export function createPhotoFolder(key: Uint8Array) {
  const files = new Map<string, Uint8Array>()
  const partials = new Map<string, Buffer>()
  const nameOf = (name: readonly string[]) => name.join('/')

  const assertWritable = ({ isAlive, isFull }: Process) => {
    if (!isAlive()) throw new Crashed('the process has ended')
    if (isFull()) throw new AppError('store.full')
  }
  const openPartial = (name: string, process: Process): PartialFile => ({
    haveBytes: () => partials.get(name)?.byteLength ?? 0,
    append: async (plain) => {
      assertWritable(process)
      partials.set(name, Buffer.concat([partials.get(name) ?? Buffer.alloc(0), plain]))
    },
    restart: async () => {
      assertWritable(process)
      partials.set(name, Buffer.alloc(0))
    },
    sha256: () => sha256(partials.get(name) ?? Buffer.alloc(0)),
    keep: async () => {
      assertWritable(process)
      files.set(name, seal(key, partials.get(name) ?? Buffer.alloc(0)))
      partials.delete(name)
    },
    remove: async () => {
      if (process.isAlive()) partials.delete(name)
    },
    close: async () => {},
  })
  return {
    /** Plain bytes, for the checks. */
    look: (name: readonly string[]): Uint8Array | undefined => {
      const sealed = files.get(nameOf(name))
      return sealed === undefined ? undefined : unseal(key, sealed)
    },
    openFor: (process: Process): SealedFolder => ({
      save: async (name, plain) => {
        assertWritable(process)
        files.set(nameOf(name), seal(key, plain))
      },
      find: async (name) => {
        const sealed = files.get(nameOf(name))
        return sealed === undefined ? undefined : unseal(key, sealed)
      },
      remove: async (name) => {
        if (!process.isAlive()) return
        files.delete(nameOf(name))
        partials.delete(nameOf(name))
      },
      resume: async (name) => openPartial(nameOf(name), process),
      removeDrafts: async () => {},
    }),
  }
}
