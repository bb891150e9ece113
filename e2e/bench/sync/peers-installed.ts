import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

export const PEERS = path.join(import.meta.dirname, 'peers')

/** The peers are no part of Loupe: fetched when they are first measured, at the versions of their own lock file. */
export function installPeers(): void {
  if (existsSync(path.join(PEERS, 'node_modules', '.package-lock.json'))) return
  process.stderr.write('Fetching what Loupe is compared with (once)...\n')
  // No install scripts: their compiled parts come ready-made in the packages.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' })
}
