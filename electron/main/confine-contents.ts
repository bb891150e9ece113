import type { WebContents } from 'electron'
import { APP_ORIGIN } from '../../preload/contract/channels.ts'

/** Holds for every web contents there is or will be: no navigation away, no new window, no webview. */
export function confineContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => stayInApp(event))
  contents.on('will-frame-navigate', (event) => stayInApp(event))
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function stayInApp(event: { readonly url: string; preventDefault(): void }): void {
  if (!event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault()
}
