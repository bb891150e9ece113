import type { WebContents } from 'electron'
import type { Logger } from '../platform/logger.ts'
import type { ElectronApi } from './electron-api.ts'

const MOST_RELOADS = 3
const WITHIN_MS = 60_000

/**
 * A window whose process has ended (out of memory, a fault of a driver) would stay blank: it is loaded again, and finds
 * everything in the store. Not over and over: what ends it each time needs a person.
 */
export function reloadGone(
  { app, dialog }: Pick<ElectronApi, 'app' | 'dialog'>,
  contents: WebContents,
  logger: Logger,
): void {
  let reloadedAtMs: number[] = []
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    logger.error('window.gone', undefined, { reason, exitCode })
    const nowMs = Date.now()
    reloadedAtMs = reloadedAtMs.filter((atMs) => nowMs - atMs < WITHIN_MS)
    if (reloadedAtMs.length < MOST_RELOADS) {
      reloadedAtMs.push(nowMs)
      return contents.reload()
    }
    dialog.showErrorBox(
      'Loupe’s window has ended several times',
      'Everything decided is safe on this computer. Loupe ends now; start it again, and tell IT if this goes on.',
    )
    app.quit()
  })
}
