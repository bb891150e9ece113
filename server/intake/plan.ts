import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { PhotoHash, type SessionId } from '../contract/domain/ids.ts'
import { photoFormatOf } from '../contract/domain/photo-format.ts'
import { MAX_PHOTO_BYTES, type MediaType } from '../contract/domain/photos.ts'
import { byRow, type ManifestRow, sessionKey } from './manifest.ts'
import type { Problem } from './problem.ts'
import { sessionIdOf } from './session-id.ts'

export type PlannedPhoto = ManifestRow & {
  readonly path: string
  readonly hash: PhotoHash
  readonly bytes: number
  readonly mediaType: MediaType
}
export type PlannedSession = {
  readonly id: SessionId
  readonly patient: string
  readonly capturedOn: string
  readonly photos: PlannedPhoto[]
}

/** Finds and hashes every file, and groups the rows into sessions. Nothing has been sent yet. */
export async function planSessions(
  rows: readonly ManifestRow[],
  folder: string,
  practice: string,
): Promise<{ sessions: PlannedSession[]; problems: Problem[] }> {
  const problems: Problem[] = []
  const sessions = new Map<string, PlannedSession>()
  for (const row of rows) {
    const file = path.resolve(folder, path.sep === '/' ? row.file.replaceAll('\\', '/') : row.file)
    const wrong = problemOf(file)
    if (wrong !== undefined) {
      problems.push({ row: row.row, say: `${row.file}: ${wrong}` })
      continue
    }
    const described = await describe(file).catch(() => undefined) // no right to read it, or a broken disk
    if (described === undefined) {
      problems.push({ row: row.row, say: `${row.file}: The file cannot be read.` })
      continue
    }
    const photo = { ...row, path: file, ...described }
    const session = sessions.get(sessionKey(row)) ?? {
      id: sessionIdOf(practice, row.patient, row.capturedOn),
      patient: row.patient,
      capturedOn: row.capturedOn,
      photos: [],
    }
    const twin = session.photos.find((other) => other.hash === photo.hash)
    if (twin !== undefined) problems.push({ row: row.row, say: `${row.file} is the same photo as in row ${twin.row}.` })
    session.photos.push(photo)
    sessions.set(sessionKey(row), session)
  }
  return { sessions: [...sessions.values()], problems: problems.toSorted(byRow) }
}

function problemOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return 'There is no such file.'
  if (!found.isFile()) return 'This is not a file.'
  if (found.size === 0) return 'The file is empty.'
  return found.size > MAX_PHOTO_BYTES ? 'The file is larger than 64 MiB.' : undefined
}

/** A file that is no photo goes to the server too, which refuses it by name beside the others of its session. */
async function describe(file: string): Promise<{ hash: PhotoHash; bytes: number; mediaType: MediaType }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { hash: PhotoHash.parse(hash.digest('hex')), bytes, mediaType: (await mediaTypeOf(file)) ?? 'image/jpeg' }
}

async function mediaTypeOf(file: string): Promise<MediaType | null> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(256), 0, 256, 0)
    return photoFormatOf(buffer.subarray(0, bytesRead)).mediaType
  } finally {
    await handle.close()
  }
}
