import type { DownloadItem, Session } from 'electron'
import { APP_ORIGIN } from '../../preload/contract/channels.ts'

type Asked = Pick<DownloadItem, 'getInitiatorOrigin' | 'getURL' | 'getFilename'>

/**
 * One thing may leave the window as a file: an export of unsent work, encrypted by the data process and handed over by
 * the window itself (renderer/screens/settings/save-file.ts). Where to, the person says in the system's own dialog.
 */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!isExport(item)) return event.preventDefault()
    item.setSaveDialogOptions({
      defaultPath: item.getFilename(),
      filters: [{ name: 'Loupe', extensions: ['loupe'] }],
    })
  })
}

/** Bytes that the window itself holds, under the name of an export; never an address of anywhere. */
function isExport(item: Asked): boolean {
  const isOwn = item.getInitiatorOrigin() === APP_ORIGIN && item.getURL().startsWith(`blob:${APP_ORIGIN}/`)
  return isOwn && /^loupe-unsent-[0-9-]+\.loupe$/.test(item.getFilename())
}
