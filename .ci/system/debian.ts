import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What a test needs from the operating system, and the Debian packages that bring it. */
export type SystemPart = { readonly name: string; readonly command: string; readonly packages: readonly string[] }

export const SYSTEM_PARTS = {
  s3: { name: "an S3 server (Ceph's gateway)", command: 'radosgw', packages: ['radosgw', 'ceph-mon', 'ceph-osd'] },
  keyring: {
    name: 'a keyring (gnome-keyring)',
    command: 'gnome-keyring-daemon',
    packages: ['gnome-keyring', 'dbus-x11'],
  },
} as const satisfies Record<string, SystemPart>

export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0
}

export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && isInstalled('apt-get')
}

/** Installs Debian packages as root. @returns whether all are there afterwards. */
export function installDebian(packages: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  const install = () => apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  return install() || (apt('update', '-qq') && install())
}
