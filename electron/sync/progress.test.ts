import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../store/db.ts'
import {
  dropCopy,
  findCopy,
  getPosition,
  saveCopy,
  saveLastSyncedAtMs,
  savePosition,
} from '../store/sync-state/sync-state.ts'
import { openTestStore } from '../store/testing.ts'
import { beginCopy } from './bootstrap.ts'
import { createPace } from './pace.ts'
import { createProgress } from './progress.ts'

const time = { nowMs: 0 }
beforeEach(() => {
  time.nowMs = 0
})

describe('a pace', () => {
  const pace = () => createPace(20_000, () => time.nowMs)

  it('says nothing before it knows something', () => {
    const rows = pace()
    expect(rows.leftMs(0, 1000)).toBeNull()
    time.nowMs = 500
    expect(rows.leftMs(100, 900)).toBeNull()
  })

  it('is what is left at the speed of now', () => {
    const rows = pace()
    rows.leftMs(0, 1000)
    time.nowMs = 2000
    expect(rows.leftMs(200, 800)).toBe(8000)
  })

  it('forgets how fast it was half a minute ago', () => {
    const rows = pace()
    let done = 0
    const go = (seconds: number, aSecond: number) => {
      for (let i = 0; i < seconds; i++) {
        time.nowMs += 1000
        done += aSecond
        rows.leftMs(done, 10_000)
      }
    }
    go(20, 1000)
    go(40, 100)
    expect(Math.abs((rows.leftMs(done, 10_000) ?? 0) - 100_000)).toBeLessThan(5000)
  })

  it('does not jump when the line stumbles', () => {
    const rows = pace()
    const shown: number[] = []
    for (let second = 0, done = 0; done < 10_000; second++) {
      time.nowMs = second * 1000
      done += second % 3 === 0 ? 0 : 150 // nothing in every third second
      shown.push(rows.leftMs(done, 10_000 - done) ?? 0)
    }
    const jumps = shown.slice(11).map((leftMs, i) => Math.abs(leftMs - (shown[i + 10] ?? 0)))
    expect(jumps.length).toBeGreaterThan(50)
    expect(Math.max(...jumps)).toBeLessThan(6000)
  })

  it('starts anew with another job', () => {
    const rows = pace()
    rows.leftMs(0, 100)
    time.nowMs = 5000
    rows.leftMs(90, 10)
    time.nowMs = 6000
    expect(rows.leftMs(0, 100)).toBeNull()
  })
})

describe('the progress of a copy', () => {
  let store: ReturnType<typeof openTestStore>
  beforeEach(() => {
    store = openTestStore()
  })
  afterEach(() => store.remove())
  const progress = () => createProgress(store.db, () => time.nowMs)
  const at = (rowsDone: number, rowsTotal: number | null) =>
    write(store.db, (tx) => {
      const copy = findCopy(tx)
      if (copy !== undefined) saveCopy(tx, { ...copy, rowsDone, rowsTotal })
    })

  it('counts from nothing, says whether it is the first, and how long it takes', () => {
    write(store.db, (tx) => beginCopy(tx))
    const line = progress()
    expect(line.copying()).toEqual({ first: true, rowsDone: 0, rowsTotal: null, leftMs: null })
    at(0, 1000)
    line.copying()
    time.nowMs = 2000
    at(500, 1000)
    expect(line.copying()).toEqual({ first: true, rowsDone: 500, rowsTotal: 1000, leftMs: 2000 })
    write(store.db, (tx) => saveLastSyncedAtMs(tx, 1))
    at(1100, 1000)
    expect(line.copying()).toMatchObject({ first: false, rowsTotal: 1100 }) // rows were added meanwhile
  })

  it('is over when the copy is, and a repair of one entity is none', () => {
    write(store.db, (tx) => {
      savePosition(tx, { ...getPosition(tx), bootstrapping: false })
      dropCopy(tx)
    })
    expect(progress().copying()).toBeNull()
    write(store.db, (tx) => beginCopy(tx, 'read'))
    expect(progress().copying()).toBeNull()
  })

  it('of photos is by those that came; new wishes are no step back', () => {
    const wish = (hash: string) =>
      store.db.prepare('INSERT INTO wanted_photo (hash, size, rank, need_ms) VALUES (?, 512, 0, 0)').run(hash)
    for (let i = 0; i < 10; i++) wish(`a${i}`)
    const line = progress()
    expect(line.photosLeft()).toEqual({ photosWaitingCount: 10, photosLeftMs: null })
    time.nowMs = 2000
    store.db.exec(`DELETE FROM wanted_photo WHERE hash IN ('a0', 'a1')`)
    expect(line.photosLeft()).toEqual({ photosWaitingCount: 8, photosLeftMs: 8000 })
    for (let i = 0; i < 4; i++) wish(`b${i}`)
    expect(line.photosLeft().photosWaitingCount).toBe(12)
    store.db.exec('DELETE FROM wanted_photo')
    expect(line.photosLeft()).toEqual({ photosWaitingCount: 0, photosLeftMs: null })
  })
})
