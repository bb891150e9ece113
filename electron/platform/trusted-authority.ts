import { readFileSync } from 'node:fs'
import { AppError } from '../../server/contract/errors.ts'

/**
 * The one authority that is trusted for the server; undefined for the system's list. Read anew for each connection:
 * IT may replace the file under a running workstation.
 * @param caFile null for the system's list
 * @throws AppError `server.certificate` when the file cannot be read: nothing is sent, and work goes on offline
 */
export function readAuthority(caFile: string | null): string | undefined {
  if (caFile === null) return undefined
  try {
    return readFileSync(caFile, 'utf8')
  } catch (cause) {
    throw new AppError('server.certificate', { sent: false, reason: 'authority-file' }, { cause })
  }
}
