import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { openStore } from '../../../electron/store/open.ts'
import { useReserve } from '../../../electron/store/reserve.ts'

/** The process ended in the middle of what it was doing. */
export class Crashed extends Error {}

export type CrashAt = {
  /** Durable writes of the store from now on; 1 is the next. */
  readonly write: number
  readonly when: 'before' | 'after'
}

/** Times that a full disk still gives way, and by how much. */
const RESERVE = 4
const PAGES_OF_RESERVE = 12

export type Disk = {
  /** The real store, through a door that can be shut in the middle of a write. */
  readonly db: Database
  /** Reads and writes past the door, for the checks. */
  readonly raw: Database
  /** The process ends there. */
  crashAt(at: CrashAt | undefined): void
  isDead(): boolean
  /** It ends now. */
  kill(): void
  setFull(full: boolean): void
  writeCount(): number
  close(): void
}

/** The encrypted store in a file system of memory. @param onDeath the process is gone: its timers and its line too */
export function openDisk(file: string, key: Uint8Array, onDeath: () => void): Disk {
  const raw = openStore(file, key)
  const state = {
    dead: false,
    writes: 0,
    crash: undefined as { write: number; when: CrashAt['when'] } | undefined,
    full: false,
    reserve: RESERVE,
  }
  const die = () => {
    state.dead = true
    onDeath()
  }
  const guarded =
    (work: (...args: unknown[]) => unknown, how: 'immediate' | 'deferred' | 'exclusive') =>
    (...args: unknown[]): unknown => {
      if (state.dead) throw new Crashed('the process has ended')
      state.writes += 1
      const crash = state.crash !== undefined && (state.crash.write -= 1) === 0 ? state.crash : undefined
      if (crash === undefined) return raw.transaction(work)[how](...args)
      const before = () => {
        work(...args)
        die()
        throw new Crashed('before the commit')
      }
      if (crash.when === 'before') return raw.transaction(before)[how]()
      raw.transaction(work)[how](...args)
      die()
      throw new Crashed('after the commit')
    }
  const transaction = (work: (...args: unknown[]) => unknown) =>
    Object.assign(guarded(work, 'deferred'), {
      default: guarded(work, 'deferred'),
      deferred: guarded(work, 'deferred'),
      immediate: guarded(work, 'immediate'),
      exclusive: guarded(work, 'exclusive'),
      database: raw,
    })
  const db = new Proxy(raw, {
    get: (target, name) => {
      if (name === 'transaction') return transaction
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const setLimit = (pages: number) => void raw.pragma(`max_page_count = ${pages}`)
  const pageCount = () => Number(raw.pragma('page_count', { simple: true }))
  // In place of the file that is laid up on a real disk.
  useReserve(db, {
    release: () => {
      if (!state.full || state.reserve === 0) return false
      state.reserve -= 1
      setLimit(pageCount() + PAGES_OF_RESERVE)
      return true
    },
    refill: () => {
      if (!state.full) state.reserve = RESERVE
      return state.reserve === RESERVE
    },
  })
  return {
    db,
    raw,
    crashAt: (at) => void (state.crash = at === undefined ? undefined : { ...at }),
    isDead: () => state.dead,
    kill: die,
    // SQLite's own limit gives SQLite's own error; pages that are free inside the file still take something.
    setFull: (full) => {
      state.full = full
      setLimit(full ? pageCount() : 2 ** 30)
    },
    writeCount: () => state.writes,
    close: () => raw.close(),
  }
}

/** What a process that was killed leaves: the file and its log, without the memory in which it shared them. */
export function copyAfterDeath(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true })
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix)
}
