import { existsSync } from 'node:fs'
import path from 'node:path'

const folder = process.env['LOUPE_REALDATA'] ?? path.resolve(import.meta.dirname, '../../../shared/realdata')

/** The folder of real photos, or undefined, loudly, on a machine that does not have them. They are never copied here. */
export function findRealData(): string | undefined {
  if (existsSync(path.join(folder, 'photos/sessions.csv'))) return folder
  process.stderr.write('test: SKIPPED, the real photos are not here (LOUPE_REALDATA): every test that needs them\n')
  return undefined
}
