import { join } from 'node:path'
import { AppError } from '../../../contract/errors.ts'

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/

/**
 * The file of a key. Keys are the server's own, but a signed address comes back through the network:
 * a part that could leave the folder is refused here whatever the signature says.
 */
export function objectPath(root: string, key: string): string {
  const parts = key.split('/')
  if (parts.length > 8 || !parts.every((part) => PART.test(part))) throw new AppError('upload.signature')
  return join(root, ...parts)
}
