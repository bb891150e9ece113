import { readFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { getDemoTls, type Tls } from './demo-tls.ts'

/** The given certificate, or the demonstration's own with the authority that workstations are to trust. */
export async function getTls(
  config: Pick<Config, 'tlsCert' | 'tlsKey'>,
  folder: string,
  nowMs: number,
): Promise<Tls & { readonly caPath: string | null }> {
  if (config.tlsCert === undefined || config.tlsKey === undefined) return getDemoTls(folder, nowMs)
  const [cert, key] = await Promise.all([readFile(config.tlsCert, 'utf8'), readFile(config.tlsKey, 'utf8')])
  return { cert, key, caPath: null }
}
