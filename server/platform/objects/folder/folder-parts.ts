import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { glob, mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../contract/errors.ts'
import type { ObjectStore, PartedUploads, UploadedPart } from '../objects.ts'
import { createFile } from './durable-file.ts'
import { objectPath } from './object-path.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Parts as files beside the object they become, each under its number and hash: one that is there is the right one. */
export function openFolderParts(root: string, signUpload: ObjectStore['signUpload']): PartedUploads {
  const find = async (key: string, uploadId: string): Promise<string> => {
    const folder = folderOf(key, uploadId)
    if (!(await isThere(objectPath(root, folder)))) throw new AppError('not-found')
    return folder
  }
  return {
    start: async (key) => {
      const uploadId = randomUUID()
      await mkdir(objectPath(root, folderOf(key, uploadId)), { recursive: true, mode: 0o700 })
      return uploadId
    },
    signPart: async (key, uploadId, part, ttlSeconds) => {
      const partKey = `${await find(key, uploadId)}/${nameOf(part)}`
      if (await isThere(objectPath(root, partKey))) return { etag: etagOf(part) }
      const { bytes, sha256 } = part
      return signUpload(partKey, { bytes, sha256, mediaType: 'application/octet-stream' }, ttlSeconds)
    },
    complete: async (key, uploadId, whole) => {
      const folder = await find(key, uploadId)
      const files = whole.parts.map((part) => objectPath(root, `${folder}/${nameOf(part)}`))
      const there = await Promise.all(files.map(isThere))
      if (there.includes(false) || whole.parts.some((part) => part.etag !== etagOf(part)))
        throw new AppError('upload.length')
      await createFile(objectPath(root, key), joined(files), whole).catch((cause: unknown) => {
        if (AppError.from(cause).code !== 'upload.exists') throw cause // another upload of the same photo was first
      })
      await rm(objectPath(root, folder), { recursive: true, force: true })
    },
    abort: async (key, uploadId) => rm(objectPath(root, folderOf(key, uploadId)), { recursive: true, force: true }),
    removeStale: (beforeMs) => removeStale(root, beforeMs),
  }
}

async function removeStale(root: string, beforeMs: number): Promise<number> {
  let count = 0
  // Uploads that were left, and what a broken connection or a killed server left half-written.
  for await (const found of glob(['*/photos/*/uploads/*', '*/photos/*/*.part'], { cwd: root })) {
    const path = join(root, found)
    const facts = await stat(path).catch(() => undefined) // gone: it was finished meanwhile
    if (facts === undefined || facts.mtimeMs >= beforeMs) continue
    await rm(path, { recursive: true, force: true })
    count += 1
  }
  return count
}

async function* joined(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Buffer> // no encoding: buffers
}

function folderOf(key: string, uploadId: string): string {
  if (!UUID.test(uploadId)) throw new AppError('not-found')
  return `${dirname(key)}/uploads/${uploadId}`
}

function nameOf({ part, sha256 }: Pick<UploadedPart, 'part' | 'sha256'>): string {
  return `${part}-${sha256}`
}

/** As the HTTP border answers a part. */
function etagOf({ sha256 }: Pick<UploadedPart, 'sha256'>): string {
  return `"${sha256}"`
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw cause
  }
}
