import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { findPrivateFile, writePrivateFile } from './private-file.ts'

/** 256 random bits, made at first start and kept: addresses signed before a restart stay good after it. */
export async function getServerSecret(folder: string): Promise<Buffer> {
  const path = join(folder, 'server.secret')
  const kept = await findPrivateFile(path)
  if (kept !== undefined) {
    const secret = Buffer.from(kept.trim(), 'hex')
    if (secret.length !== 32) throw new Error('server.secret is damaged: it must hold 64 hexadecimal digits')
    return secret
  }
  const secret = randomBytes(32)
  await writePrivateFile(path, `${secret.toString('hex')}\n`)
  return secret
}
