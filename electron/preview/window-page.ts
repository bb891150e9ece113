import { PREVIEW_PATHS } from '../../preload/contract/channels.ts'

/** Puts the bridge before the window's own module: `window.loupe` is there when the first line of the app runs. */
export function withBridge(html: string): string {
  const script = `<script src="${PREVIEW_PATHS.bridge}"></script>`
  const at = html.search(/<script\b|<\/head>/i)
  if (at < 0) throw new Error('The built window has no <head>: rebuild it with npm run build')
  return `${html.slice(0, at)}${script}${html.slice(at)}`
}
