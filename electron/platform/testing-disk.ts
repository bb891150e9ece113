import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type SmallDisk = {
  readonly folder: string
  /** Until not one byte more goes on it. */
  fill(): void
  /** Takes away what `fill` put there. */
  free(): void
  remove(): void
}
export type DiskKind = 'tmpfs' | 'ext4'

/** A real file system of its own; undefined, with a printed line, where this account may not mount one. */
export function mountSmallDisk(kind: DiskKind, mib: number): SmallDisk | undefined {
  const place = mkdtempSync(path.join(tmpdir(), 'loupe-disk-'))
  const folder = path.join(place, 'disk')
  const image = path.join(place, 'image')
  const mount =
    kind === 'tmpfs'
      ? `mount -t tmpfs -o size=${mib}m tmpfs ${folder}`
      : `truncate -s ${mib}M ${image} && mkfs.ext4 -q -m 0 ${image} && mount -o loop ${image} ${folder}`
  const tried = spawnSync('sh', ['-c', `mkdir ${folder} && ${mount}`], { encoding: 'utf8' })
  if (tried.status !== 0) {
    process.stderr.write(`skipped: a full ${kind} disk (cannot be mounted here: ${tried.stderr.trim()})\n`)
    rmSync(place, { recursive: true, force: true })
    return undefined
  }
  const filler = path.join(folder, 'filler')
  return {
    folder,
    fill: () => {
      for (let bytes = 1024 ** 2; bytes >= 1; bytes /= 4) appendUntilFull(filler, Buffer.alloc(bytes, 7))
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => {
      execFileSync('umount', ['--lazy', folder]) // a test that failed may have left a store open
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** The same folder, not to be written to: also for root, whom permissions do not bind. Undefined as above. */
export function makeReadOnly(folder: string): { undo(): void } | undefined {
  const mount = `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder}`
  if (process.getuid?.() !== 0) {
    execFileSync('chmod', ['-R', 'a-w', folder])
    return { undo: () => void execFileSync('chmod', ['-R', 'u+w', folder]) }
  }
  const tried = spawnSync('sh', ['-c', mount], { encoding: 'utf8' })
  if (tried.status === 0) return { undo: () => void execFileSync('umount', [folder]) }
  spawnSync('umount', [folder])
  process.stderr.write(`skipped: a read-only folder (cannot be mounted here: ${tried.stderr.trim()})\n`)
  return undefined
}

function appendUntilFull(file: string, bytes: Uint8Array): void {
  for (;;) {
    try {
      appendFileSync(file, bytes)
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'ENOSPC') return
      throw cause
    }
  }
}
