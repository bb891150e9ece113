import { seal, unseal } from '../../../electron/media/sealed-bytes.ts'
import type { SealedFolder } from '../../../electron/media/sealed-folder.ts'
import { createHash } from 'node:crypto'
import { AppError } from '../../../server/contract/errors.ts'
import { Crashed } from './disk.ts'

/** The folder of encrypted photos, in memory: whole files under their names, as `writeDurably` leaves them. It outlives its process. */
export function createPhotoFolder(key: Uint8Array) {
  const files = new Map<string, Uint8Array>()
  const nameOf = (name: readonly string[]) => name.join('/')
  return {
    /** Plain bytes, for the checks. */
    look: (name: readonly string[]): Uint8Array | undefined => {
      const sealed = files.get(nameOf(name))
      return sealed === undefined ? undefined : unseal(key, sealed)
    },
    openFor: (isAlive: () => boolean, isFull: () => boolean): SealedFolder => {
      const save: SealedFolder['save'] = async (name, plain) => {
        if (!isAlive()) throw new Crashed('the process has ended')
        if (isFull()) throw new AppError('store.full')
        files.set(nameOf(name), seal(key, plain))
      }
      return {
        save,
        /** Photos here are smaller than a chunk: what broke off begins again. */
        resume: async (name) => {
          let plain = Buffer.alloc(0)
          return {
            haveBytes: () => plain.byteLength,
            append: async (part) => void (plain = Buffer.concat([plain, part])),
            restart: async () => void (plain = Buffer.alloc(0)),
            sha256: () => createHash('sha256').update(plain).digest('hex'),
            keep: () => save(name, plain),
            remove: async () => {},
            close: async () => {},
          }
        },
        find: async (name) => {
          const sealed = files.get(nameOf(name))
          return sealed === undefined ? undefined : unseal(key, sealed)
        },
        remove: async (name) => {
          if (isAlive()) files.delete(nameOf(name))
        },
        removeDrafts: async () => {},
      }
    },
  }
}
