import { AppError } from '../../../server/contract/errors.ts'
import type { ObjectStore } from '../../../server/platform/objects/objects.ts'

const OBJECTS_HOST = 'objects.simulated'

/** Photos in memory: what becomes of bytes on the way is the network's. */
export function createMemoryObjects(): ObjectStore & { readonly find: (url: string) => Uint8Array | undefined } {
  const objects = new Map<string, Uint8Array>()
  const urlOf = (key: string) => `https://${OBJECTS_HOST}/${key}`
  return {
    find: (url) => objects.get(new URL(url).pathname.slice(1)),
    signUpload: async (key) => ({ url: urlOf(key), headers: {}, expiresAtMs: 0 }),
    parts: undefined as never, // photos of a run are small
    signDownload: async (key) => urlOf(key),
    head: async (key) => {
      const bytes = objects.get(key)?.byteLength
      return bytes === undefined ? undefined : { bytes }
    },
    get: async (key) => {
      const found = objects.get(key)
      if (found === undefined) throw new AppError('not-found')
      return found
    },
    put: async (key, bytes) => void objects.set(key, bytes),
    delete: async (key) => void objects.delete(key),
    isReachable: async () => true,
  }
}
