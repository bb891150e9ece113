import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { AppError } from '../../server/contract/errors.ts'
import { openSealedFolder } from '../media/sealed-folder.ts'
import { type DiskKind, makeReadOnly, mountSmallDisk, type SmallDisk } from '../platform/testing-disk.ts'
import { applyPage } from '../sync/apply.ts'
import { decideLocally } from '../sync/decide.ts'
import { write, writeIfRoom } from './db.ts'
import { openStore } from './open.ts'
import { openWithReserve } from './open-with-reserve.ts'
import { openReserve } from './reserve.ts'
import { aDecision, aPage, aPatient, aPerson, aSession } from './testing.ts'

const MIB = 1024 ** 2
const KEY = randomBytes(32)
const person = aPerson()
const patients = Array.from({ length: 100 }, () => aPatient())
const sessions = patients.map((patient) => aSession(patient.id))
const rowsOf = (bodies: readonly { id: string }[], entity: 'patient' | 'session') =>
  bodies.map((body) => ({ entity, id: body.id, body }))
const firstPage = aPage([...rowsOf(patients, 'patient'), ...rowsOf(sessions, 'session')])
const nextPage = aPage(
  rowsOf(
    Array.from({ length: 900 }, () => aPatient()),
    'patient',
  ),
  { from: 201 },
)
const decide = (db: Database, args: RecordRead) => write(db, (tx) => decideLocally(tx, args, { person, nowMs: 0 }))
const anArgs = (index: number) => {
  const session = sessions[index % 100]
  if (session === undefined) throw new Error('no such session')
  return aDecision(session, { notes: 'n'.repeat(500) })
}
/** What the store holds of decisions: in the outbox, and on the screens. */
const listKept = (db: Database) => ({
  outbox: db.prepare<[], string>(`SELECT args ->> 'readId' FROM outbox ORDER BY 1`).pluck().all(),
  shown: db.prepare<[], string>('SELECT read_id FROM overlay ORDER BY 1').pluck().all(),
})
const onDisk = (kind: DiskKind, mib: number, test: (disk: SmallDisk) => Promise<void> | void) => async () => {
  const disk = mountSmallDisk(kind, mib)
  if (disk === undefined) return
  try {
    await test(disk)
  } finally {
    disk.remove()
  }
}

/** Decides until the store takes no more. @returns what was acknowledged, and what was refused */
function decideUntilFull(db: Database): { taken: string[]; refused: RecordRead } {
  const taken: string[] = []
  for (let index = 0; index < 20_000; index += 1) {
    const args = anArgs(index)
    try {
      decide(db, args)
    } catch (cause) {
      if (AppError.from(cause).code !== 'store.full') throw cause
      return { taken, refused: args }
    }
    taken.push(args.readId)
  }
  throw new Error('the disk was never full')
}

function expectWhole(db: Database, taken: readonly string[]): void {
  const kept = listKept(db)
  expect(kept.outbox).toEqual(taken.toSorted())
  expect(kept.shown).toEqual(taken.toSorted())
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
}

describe('a disk that is full to the last byte', () => {
  it.each(['tmpfs', 'ext4'] as const)(
    '%s: refuses a decision whole, keeps all before it, and takes it once there is room',
    async (kind) => {
      await onDisk(kind, 24, (disk) => {
        const file = path.join(disk.folder, 'store.db')
        let db = openStore(file, KEY)
        write(db, (tx) => applyPage(tx, firstPage))
        disk.fill()
        const { taken, refused } = decideUntilFull(db)
        expectWhole(db, taken)
        expect(() => decide(db, refused)).toThrow('store.full')
        db.close()
        db = openStore(file, KEY)
        expectWhole(db, taken)
        disk.free()
        decide(db, refused)
        expectWhole(db, [...taken, refused.readId])
        db.close()
      })()
    },
  )

  it.each(['tmpfs', 'ext4'] as const)(
    '%s: still takes decisions from the reserve, which nothing else touches',
    async (kind) => {
      await onDisk(kind, 32, (disk) => {
        const file = path.join(disk.folder, 'store.db')
        const reserveFile = path.join(disk.folder, 'reserve.bin')
        const reserve = openReserve(reserveFile, 8 * MIB, 2 * MIB)
        let db = openWithReserve(file, KEY, reserve)
        write(db, (tx) => applyPage(tx, firstPage))
        db.close() // a working day later
        db = openWithReserve(file, KEY, openReserve(reserveFile, 8 * MIB, 2 * MIB))
        expect(statSync(reserveFile).size).toBe(8 * MIB)
        disk.fill()
        const pull = () => writeIfRoom(db, (tx) => applyPage(tx, nextPage))
        expect(pull).toThrow('store.full')
        expect(statSync(reserveFile).size).toBe(8 * MIB)
        const first = Array.from({ length: 60 }, (_, index) => anArgs(index))
        for (const args of first) decide(db, args)
        expect(statSync(reserveFile).size).toBeLessThan(8 * MIB)
        expect(pull).toThrow('store.full') // what is left over of the part that was given back is not the pull's
        expectWhole(
          db,
          first.map((args) => args.readId),
        )
        db.close()
        disk.fill()
        db = openWithReserve(file, KEY, openReserve(reserveFile, 8 * MIB, 2 * MIB)) // the same on the next day
        const { taken } = decideUntilFull(db)
        expect(taken.length).toBeGreaterThan(100)
        expect(statSync(reserveFile).size).toBe(MIB) // so that it can be opened again
        expectWhole(db, [...first.map((args) => args.readId), ...taken])
        db.close()
        disk.fill()
        db = openWithReserve(file, KEY, openReserve(reserveFile, 8 * MIB, 2 * MIB))
        expectWhole(db, [...first.map((args) => args.readId), ...taken])
        disk.free()
        pull()
        expect(statSync(reserveFile).size).toBe(8 * MIB)
        db.close()
      })()
    },
  )

  it(
    'keeps no half photo, and keeps it once there is room',
    onDisk('tmpfs', 8, async (disk) => {
      const folder = path.join(disk.folder, 'photos')
      const photos = openSealedFolder(folder, KEY)
      const photo = randomBytes(2 * MIB)
      disk.fill()
      await expect(photos.save(['hash', '512'], photo)).rejects.toMatchObject({ code: 'store.full' })
      disk.free()
      await photos.save(['hash', '512'], photo)
      disk.fill()
      await expect(photos.save(['other', '512'], photo)).rejects.toMatchObject({ code: 'store.full' })
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      expect(files).toHaveLength(1)
      expect(await photos.find(['hash', '512'])).toEqual(photo)
    }),
  )
})

it('refuses a decision whole when the store has reached its own limit', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-limit-'))
  const db = openStore(path.join(folder, 'store.db'), KEY)
  write(db, (tx) => applyPage(tx, firstPage))
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 40}`)
  const { taken, refused } = decideUntilFull(db)
  expectWhole(db, taken)
  db.pragma('max_page_count = 1000000')
  decide(db, refused)
  expectWhole(db, [...taken, refused.readId])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('says that its folder may not be written to, and opens once it may', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-read-only-'))
  const file = path.join(folder, 'store.db')
  const db = openStore(file, KEY)
  write(db, (tx) => applyPage(tx, firstPage))
  const args = anArgs(0)
  decide(db, args)
  db.close()
  const readOnly = makeReadOnly(folder)
  if (readOnly === undefined) return
  expect(() => openStore(file, KEY)).toThrow('store.read-only')
  expect(() => openStore(path.join(folder, 'new', 'store.db'), KEY)).toThrow('store.read-only')
  readOnly.undo()
  const again = openStore(file, KEY)
  expectWhole(again, [args.readId])
  again.close()
  rmSync(folder, { recursive: true, force: true })
})
