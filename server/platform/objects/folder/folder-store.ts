import { access, constants, mkdir, readFile, stat, unlink } from 'node:fs/promises'
import { AppError } from '../../../contract/errors.ts'
import type { Clock } from '../../clock.ts'
import type { ObjectStore } from '../objects.ts'
import { replaceFile } from './durable-file.ts'
import { openFolderParts } from './folder-parts.ts'
import { objectPath } from './object-path.ts'
import { sign } from './signature.ts'

export type FolderStoreOptions = {
  readonly root: string
  readonly secret: Uint8Array
  readonly clock: Clock
  /** Called for each address, because the port is known only once the server listens. No slash at the end. */
  readonly publicUrl: () => string
}

/** Objects as files below `root`; its presigned addresses are answered by `http/objects` with the same secret. */
export async function openFolderStore(options: FolderStoreOptions): Promise<ObjectStore> {
  const { root } = options
  await mkdir(root, { recursive: true, mode: 0o700 })
  const signUpload: ObjectStore['signUpload'] = async (key, what, ttlSeconds) => {
    const expiresAtMs = options.clock.nowMs() + ttlSeconds * 1000
    const signature = sign(options.secret, { method: 'PUT', key, ...what, expiresAtMs })
    return {
      url: addressOf(options.publicUrl(), key, expiresAtMs, signature),
      headers: { 'content-type': what.mediaType, 'if-none-match': '*', 'x-loupe-sha256': what.sha256 },
      expiresAtMs,
    }
  }
  return {
    signUpload,
    parts: openFolderParts(root, signUpload),
    signDownload: async (key, ttlSeconds) => {
      const expiresAtMs = options.clock.nowMs() + ttlSeconds * 1000
      const signature = sign(options.secret, { method: 'GET', key, expiresAtMs })
      return addressOf(options.publicUrl(), key, expiresAtMs, signature)
    },
    head: async (key) => {
      const facts = await orUndefined(stat(objectPath(root, key)))
      return facts === undefined ? undefined : { bytes: facts.size }
    },
    get: async (key) => {
      const bytes = await orUndefined(readFile(objectPath(root, key)))
      if (bytes === undefined) throw new AppError('not-found')
      return bytes
    },
    put: (key, bytes) => replaceFile(objectPath(root, key), bytes),
    delete: async (key) => {
      await orUndefined(unlink(objectPath(root, key)))
    },
    isReachable: () => mayWrite(root),
  }
}

function addressOf(publicUrl: string, key: string, expiresAtMs: number, signature: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/')
  return `${publicUrl}/api/v1/objects/${path}?expires=${expiresAtMs}&signature=${signature}`
}

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw cause
  }
}

async function mayWrite(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK)
    return true
  } catch {
    return false // the answer itself: /readyz says so
  }
}
