import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { AppError } from '../../server/contract/errors.ts'
import { systemClock } from '../platform/clock.ts'
import type { Keychain } from '../platform/keychain.ts'
import { silentLogger } from '../platform/logger.ts'
import { makeReadOnly, mountSmallDisk } from '../platform/testing-disk.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace, PASSPHRASE } from './testing/tiny-workplace.ts'
import { startWorkstation } from './workstation.ts'

/** Room for the store, for its reserve and for what has to be free besides. */
const DISK_MIB = 112

type Workplace = Awaited<ReturnType<typeof openTinyWorkplace>>
const decide = async (place: Workplace, child: DataChild, index: number): Promise<RecordRead> => {
  const session = place.sessions[index]
  if (session === undefined) throw new Error('no such session')
  const args = aDecision(session)
  await child.call('review.decide', args)
  return args
}
/** What was acknowledged until the disk took no more, and what it did not take. */
const decideUntilFull = async (place: Workplace, child: DataChild) => {
  const taken: RecordRead[] = []
  for (let index = 2; index < 5000; index += 1) {
    const session = place.sessions[index % 10]
    if (session === undefined) throw new Error('no such session')
    const args = aDecision(session, { notes: 'n'.repeat(2000) })
    try {
      await child.call('review.decide', args)
    } catch (cause) {
      if (AppError.from(cause).code === 'store.full') return { taken, refused: args }
      throw cause
    }
    taken.push(args)
  }
  throw new Error('the disk was never full')
}
const status = (child: DataChild) => child.call('sync.status', null)
const reads = (child: DataChild, { sessionId }: RecordRead) =>
  child.call('review.open', { sessionId }).then((opened) => opened.reads.map(({ read }) => read.readId))

it('a disk that is full to the last byte: decisions are kept and sent, the pull says why it pauses and goes on by itself', async () => {
  const disk = mountSmallDisk('tmpfs', DISK_MIB)
  if (disk === undefined) return
  const place = await openTinyWorkplace({ dataDir: path.join(disk.folder, 'workstation') })
  try {
    let child = await place.begin(place.alma)
    disk.fill()
    const first = await decide(place, child, 0)
    void child.call('sync.now', null)
    await child.until(async () => (await status(child)).reason === 'store.full')
    expect(await status(child)).toMatchObject({ connection: 'refused', lowDisk: true })
    await child.until(async () => (await status(child)).waitingCount === 0)
    expect(await reads(child, first)).toEqual([first.readId])

    await child.kill()
    disk.fill()
    child = await place.restart()
    expect(await child.call('app.state', null)).toMatchObject({ phase: 'ready', problem: null })
    const second = await decide(place, child, 1)
    await child.until(async () => (await status(child)).waitingCount === 0)
    expect(await reads(child, first)).toEqual([first.readId])

    rmSync(path.join(disk.folder, 'workstation/reserve.bin')) // as after thousands of decisions
    disk.fill()
    const { taken, refused } = await decideUntilFull(place, child)
    expect(await reads(child, refused)).not.toContain(refused.readId) // nothing of it is there
    disk.free()
    await child.call('review.decide', refused) // the very same one
    await child.until(async () => (await status(child)).connection === 'online')
    await child.until(async () => (await status(child)).waitingCount === 0)
    const all = [first, second, ...taken, refused].map(({ readId }) => readId)
    expect(place.server.appliedReads()).toEqual(all)
  } finally {
    await place.close()
    disk.remove()
  }
})

it('a folder that may not be written to: the window is told why it cannot open, and it opens when it may', async () => {
  const place = await openTinyWorkplace()
  try {
    let child = await place.begin(place.alma)
    const read = await decide(place, child, 0)
    await child.stop()
    const readOnly = makeReadOnly(place.dataDir)
    if (readOnly === undefined) return
    try {
      child = await place.start()
      const unlock = child.call('app.unlock', { passphrase: PASSPHRASE })
      await expect(unlock).rejects.toMatchObject({ code: 'store.read-only' })
      expect(await child.call('app.state', null)).toMatchObject({ phase: 'locked', problem: 'store.read-only' })
    } finally {
      readOnly.undo()
    }
    const opened = await child.call('app.unlock', { passphrase: PASSPHRASE }) // the same process: it did not crash
    expect(opened).toMatchObject({ phase: 'ready', problem: null })
    expect(await reads(child, read)).toEqual([read.readId])
  } finally {
    await place.close()
  }
})

/** A keychain that keeps what it is given. */
function openKeychain(): Keychain {
  const kept = new Map<string, string>()
  return {
    getPassword: async (_service, account) => kept.get(account) ?? null,
    setPassword: async (_service, account, password) => void kept.set(account, password),
    deletePassword: async (_service, account) => kept.delete(account),
  }
}

it.each(['at its first start', 'later'])(
  'under a keychain, where nobody asks, the state itself says so %s',
  async (when) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'loupe-folder-'))
    const options = { dataDir, serverUrl: 'https://127.0.0.1:1', caFile: null, version: '0' }
    const seams = { options, clock: systemClock, logger: silentLogger, emit: () => {} }
    const keychain = openKeychain()
    if (when === 'later') await (await startWorkstation(seams, keychain)).lock()
    const readOnly = makeReadOnly(dataDir)
    if (readOnly === undefined) return
    const workstation = await startWorkstation(seams, keychain)
    expect(workstation.state()).toMatchObject({ phase: 'locked', problem: 'store.read-only' })
    await expect(workstation.unlock(null)).rejects.toMatchObject({ code: 'store.read-only' })
    readOnly.undo()
    expect(await workstation.unlock(null)).toMatchObject({ phase: 'signed-out', keyGuard: 'keychain', problem: null })
    await workstation.lock()
    rmSync(dataDir, { recursive: true, force: true })
  },
)
