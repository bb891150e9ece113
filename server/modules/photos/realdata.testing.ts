import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { PhotoHash } from '../../contract/domain/ids.ts'
import type { Expected } from './service.ts'

/** Test data that is never part of the repository; undefined where this machine has none. */
export function findRealdata(folder: string): string | undefined {
  const root = path.resolve(process.env['LOUPE_REALDATA'] ?? '../shared/realdata', folder)
  if (existsSync(root)) return root
  process.stderr.write(`skipped: no test data at LOUPE_REALDATA/${folder}\n`)
  return undefined
}

export function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted()
}

export function expectedOf(bytes: Uint8Array): Expected {
  return { hash: createHash('sha256').update(bytes).digest('hex') as PhotoHash, bytes: bytes.length }
}
