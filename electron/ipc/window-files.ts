import { readFile } from 'node:fs/promises'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export type WindowFile = { readonly body: Buffer; readonly type: string }

/**
 * A file of the built window. A path without an ending is a screen's address and gets the window itself; anything
 * outside the folder, of an unknown type, or missing is undefined.
 */
export async function findWindowFile(root: string, urlPath: string): Promise<WindowFile | undefined> {
  const decoded = decodePath(urlPath)
  if (decoded === undefined) return undefined
  const name = path.extname(decoded) === '' ? 'index.html' : decoded
  const file = path.join(root, path.normalize(`/${name}`))
  const type = TYPES[path.extname(file)]
  if (type === undefined || !file.startsWith(root + path.sep)) return undefined
  const body = await readFile(file).catch(ignoreAbsence)
  return body === undefined ? undefined : { body, type }
}

function decodePath(urlPath: string): string | undefined {
  try {
    const decoded = decodeURIComponent(urlPath)
    return decoded.includes('\0') || decoded.includes('\\') ? undefined : decoded
  } catch {
    return undefined // a broken escape names no file
  }
}

function ignoreAbsence(cause: unknown): undefined {
  const code = (cause as { code?: unknown }).code
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
  throw cause
}
