import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The account PostgreSQL runs as; undefined means our own, which is right everywhere but under root. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | undefined

/** PostgreSQL refuses to run as root, so root runs it as `postgres`, creating that account where it is missing. */
export async function findPostgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return undefined
  if ((await findIds()) === undefined) {
    await run('groupadd', ['--force', 'postgres'])
    await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres'])
  }
  const ids = await findIds()
  if (ids === undefined) throw new Error('The account "postgres" could not be created; start as another user than root')
  return ids
}

async function findIds(): Promise<PostgresAccount> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined // no such account
  }
}

/** Root's own place for what the `postgres` account must reach when the asked-for folder lies under a closed one such as /root. */
const OUTSIDE = '/var/lib/loupe'

/**
 * The folder of the cluster. Folders of ours and temporary ones are opened for passage (not for listing); where a
 * folder above is closed and not ours, the cluster lies in /var/lib/loupe and `wanted` is a link to it.
 */
export async function prepareClusterDir(wanted: string, ours: string, account: PostgresAccount): Promise<string> {
  await mkdir(path.dirname(wanted), { recursive: true })
  if (account === undefined) {
    await mkdir(wanted, { recursive: true, mode: 0o700 })
    return wanted
  }
  const linked = await readlink(wanted).catch(() => undefined)
  if (linked !== undefined) return linked
  const reachable = await openPassage(path.dirname(wanted), [path.resolve(ours), path.resolve(tmpdir())])
  const dir = reachable ? wanted : path.join(OUTSIDE, `cluster-${randomBytes(8).toString('hex')}`)
  if (!reachable) await mkdir(OUTSIDE, { recursive: true, mode: 0o755 })
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await chown(dir, account.uid, account.gid)
  if (dir !== wanted) await symlink(dir, wanted)
  return dir
}

/** The programs' folder, copied to where the account may enter when they were installed under a closed folder. */
export async function reachablePrograms(binDir: string, account: PostgresAccount): Promise<string> {
  if (account === undefined || (await openPassage(binDir, []))) return binDir
  const native = path.dirname(binDir)
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = path.join(OUTSIDE, `postgresql-${version}`)
  if (!(await exists(copy))) {
    await mkdir(OUTSIDE, { recursive: true, mode: 0o755 })
    const half = `${copy}.${randomBytes(4).toString('hex')}`
    // Links stay relative: resolved, they would point back into the closed folder.
    await cp(native, half, { recursive: true, verbatimSymlinks: true })
    await rename(half, copy).catch(() => rm(half, { recursive: true, force: true })) // another start was faster
  }
  return path.join(copy, path.basename(binDir))
}

function exists(at: string): Promise<boolean> {
  return stat(at).then(
    () => true,
    () => false,
  )
}

/** Whether another account may walk to `dir`; a closed folder inside one of `openable` is opened for passage first. */
async function openPassage(dir: string, openable: readonly string[]): Promise<boolean> {
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    const { mode } = await stat(at)
    if ((mode & 0o001) === 0) {
      if (!openable.some((root) => at === root || at.startsWith(root + path.sep))) return false
      await chmod(at, (mode & 0o7777) | 0o001)
    }
    if (at === path.dirname(at)) return true
  }
}
