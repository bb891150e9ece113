import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PracticeId } from '../../contract/domain/ids.ts'
import { silentLogger } from '../logger.ts'
import { connectPool } from './connect.ts'
import { openDatabase } from './open.ts'

const run = promisify(execFile)
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'loupe-open-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

// From /proc, as slim systems have neither ps nor pgrep: the fifth field, counted after the name in brackets.
const processGroup = async (pid: number) =>
  (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ')[2]
const childrenOf = async (pid: number) =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number)
const postmaster = async () =>
  Number((await readFile(path.join(dataDir, 'server/postgres/postmaster.pid'), 'utf8')).split('\n')[0])

test('a cluster is made once and used again, its passwords readable by us alone', async () => {
  const first = await openDatabase({ dataDir, log: silentLogger })
  await sql`insert into idp.key_value (name, value) values ('kept', '1')`.execute(first.raw)
  await first.close()
  const second = await openDatabase({ dataDir, log: silentLogger })
  try {
    expect((await sql`select value from idp.key_value where name = 'kept'`.execute(second.raw)).rows).toHaveLength(1)
    expect((await sql<{ on: string }>`select current_setting('fsync') as on`.execute(second.raw)).rows[0]?.on).toBe(
      'on',
    )
    // Ctrl-C goes to the terminal's process group: the database must not be in it, or it dies under its server.
    expect(await processGroup(await postmaster())).not.toBe(await processGroup(process.pid))
    expect((await stat(path.join(dataDir, 'server/postgres-passwords.json'))).mode & 0o777).toBe(0o600)
  } finally {
    await second.close()
  }
})

test('after SIGKILL of the server the orphaned database is stopped and what was committed is there', async () => {
  const script = `
    import { openDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'open.ts'))}
    import { silentLogger } from ${JSON.stringify(path.join(import.meta.dirname, '../logger.ts'))}
    import { sql } from 'kysely'
    const db = await openDatabase({ dataDir: process.argv[1], log: silentLogger })
    await sql\`insert into idp.key_value (name, value) values ('killed', '1')\`.execute(db.raw)
    process.kill(process.pid, 'SIGKILL')`
  const root = path.join(import.meta.dirname, '../../..')
  const args = ['--input-type=module-typescript', '-e', script, dataDir]
  await expect(run(process.execPath, args, { cwd: root })).rejects.toMatchObject({ signal: 'SIGKILL' })
  const orphan = await postmaster()
  expect(() => process.kill(orphan, 0)).not.toThrow() // it still runs

  const database = await openDatabase({ dataDir, log: silentLogger })
  try {
    expect((await sql`select 1 from idp.key_value where name = 'killed'`.execute(database.raw)).rows).toHaveLength(1)
    expect(await postmaster()).not.toBe(orphan)
  } finally {
    await database.close()
  }
})

test('a database that is killed under its server is started again, and what was committed is there', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  try {
    await sql`insert into idp.key_value (name, value) values ('before the kill', '1')`.execute(database.raw)
    const killed = await postmaster()
    process.kill(killed, 'SIGKILL')
    // Its processes answer for a moment longer than it lives itself.
    await vi.waitFor(async () => expect(await postmaster()).not.toBe(killed), { interval: 200 })
    const read = () => sql`select value from idp.key_value where name = 'before the kill'`.execute(database.raw)
    await vi.waitFor(async () => expect((await read()).rows).toEqual([{ value: 1 }]), { interval: 200 })
  } finally {
    await database.close()
  }
})

test('a second server on the same folder is refused', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  try {
    const other = `
      import { openDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'open.ts'))}
      import { silentLogger } from ${JSON.stringify(path.join(import.meta.dirname, '../logger.ts'))}
      await openDatabase({ dataDir: process.argv[1], log: silentLogger })`
    const args = ['--input-type=module-typescript', '-e', other, dataDir]
    await expect(run(process.execPath, args)).rejects.toThrow(/Another server/)
    expect(await database.isReachable()).toBe(true)
  } finally {
    await database.close()
  }
})

test('a database that hangs is not reachable, and one that ended before us is no fault at the end', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  expect(await database.isReachable()).toBe(true)
  const main = await postmaster()
  process.kill(main, 'SIGSTOP') // first: it then neither starts nor buries one of those that are listed
  const children = await childrenOf(main)
  for (const pid of children) process.kill(pid, 'SIGSTOP')
  expect(await database.isReachable()).toBe(false)
  for (const pid of [...children, main]) process.kill(pid, 'SIGCONT')
  process.kill(main, 'SIGINT') // PostgreSQL's fast shutdown
  await vi.waitFor(async () => expect(await postmaster().catch(() => 'gone')).toBe('gone'))
  expect(await database.isReachable()).toBe(false)
  await expect(database.close()).resolves.toBeUndefined()
})

test('a connection that ends between two queries of a transaction fails that transaction and nothing else', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  try {
    const practiceId = PracticeId.parse(randomUUID())
    const interrupted = database.inPractice(practiceId, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      process.kill(rows[0]?.pid ?? 0, 'SIGTERM')
      await vi.waitFor(() => expect(() => process.kill(rows[0]?.pid ?? 0, 0)).toThrow('ESRCH'))
      await new Promise((resolve) => setImmediate(resolve)) // its last words arrive while no query waits for them
      await sql`select 1`.execute(tx)
    })
    // The client hears of it before it sends the query, or as the answer to it.
    await expect(interrupted).rejects.toMatchObject({ code: 'server.busy' })
    expect(await database.isReachable()).toBe(true)
  } finally {
    await database.close()
  }
})

test('a database that ends while a pool on it is being closed ends nobody else', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  const pool = connectPool(database.url, { max: 1, statementTimeoutMs: 5_000 })
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  for (const signal of ['SIGSTOP', 'SIGTERM'] as const) process.kill(pid, signal)
  const removed = new Promise((resolve) => pool.once('remove', resolve))
  await pool.end() // does not wait for what the connection still has to say
  process.kill(pid, 'SIGCONT')
  await removed // and an error that nobody hears would fail this run
  expect(await database.isReachable()).toBe(true)
  await database.close()
})

test('a role that may do everything does not serve', async () => {
  const database = await openDatabase({ dataDir, log: silentLogger })
  const { owner } = JSON.parse(await readFile(path.join(dataDir, 'server/postgres-passwords.json'), 'utf8')) as {
    owner: string
  }
  const ownerUrl = database.url.replace(/\/\/[^@]*@/, `//loupe_owner:${owner}@`)
  try {
    await expect(openDatabase({ dataDir, url: ownerUrl, ownerUrl, log: silentLogger })).rejects.toThrow(/own nothing/)
  } finally {
    await database.close()
  }
})
