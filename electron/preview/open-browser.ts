import { spawn } from 'node:child_process'

/** Why no browser can be opened here, as a sentence; undefined when one can. */
export function whyNoBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin' || platform === 'win32') return undefined
  const display = env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? ''
  return display === '' ? 'no display here' : undefined
}

/** The system's default browser. @param onFailure told when there is none */
export function openBrowser(url: string, onFailure: () => void): void {
  const [command, ...args] = browserCommand(url)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', onFailure)
  child.on('exit', (code) => {
    if (code !== 0) onFailure()
  })
  child.unref()
}

function browserCommand(url: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', url]
  // `start` is a word of the shell, which would read & and % of an address; this is the same without a shell.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}
