import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Destination = { readonly server: string; readonly ca: string; readonly keys: string }
export const PRACTICE = 'Northside Orthodontics'

/** Sends one manifest through the practice's own intake, as a child process; its words go to our error stream. */
export function sendManifest(manifest: string, to: Destination): Promise<void> {
  const intake = fileURLToPath(new URL('../../../server/intake/main.ts', import.meta.url))
  const args = [intake, '--server', to.server, '--practice', PRACTICE, '--manifest', manifest]
  const child = spawn(process.execPath, [...args, '--ca', to.ca, '--key-file', to.keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(process.stderr, { end: false })
  const stop = () => child.kill('SIGTERM')
  process.once('exit', stop)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('exit', stop)
      if (code === 0) resolve()
      else reject(new Error(`The intake ended with ${code ?? 'a signal'}`))
    })
  })
}
