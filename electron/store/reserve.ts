import { closeSync, ftruncateSync, openSync, statfsSync, statSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { diskTroubleOf } from '../platform/disk-trouble.ts'

const MIB = 1024 ** 2
const RESERVE_BYTES = 16 * MIB
/** Given back bit by bit, so that another program that waits for room cannot take all of it at once. */
const STEP_BYTES = MIB
/** What must stay free besides, before it is laid up (again). */
const ROOM_BYTES = 64 * MIB

/** A file that is given back to a full disk, so that decisions can still be saved there: some hundreds of them. */
export type Reserve = {
  /**
   * `opening` may have the last of it too, which a store that nobody can open would need to be looked at.
   * @returns false when nothing is left for that
   */
  release(to: 'work' | 'opening'): boolean
  /** Lays it up again when there is room. @returns whether it is whole now */
  refill(): boolean
}

export function openReserve(file: string, bytes = RESERVE_BYTES, roomBytes = ROOM_BYTES): Reserve {
  return {
    release: (to) => {
      const left = sizeOf(file)
      if (left === 0 || (to === 'work' && left <= STEP_BYTES)) return false
      const handle = openSync(file, 'r+')
      try {
        ftruncateSync(handle, Math.max(0, left - STEP_BYTES))
      } finally {
        closeSync(handle)
      }
      return true
    },
    refill: () => {
      const left = sizeOf(file)
      if (left >= bytes) return true
      if (freeBytesNow(path.dirname(file)) < bytes - left + roomBytes) return false
      return fill(file, left, bytes)
    },
  }
}

const reserves = new WeakMap<object, Reserve>()

/** From now on `write` falls back on it. */
export function useReserve(db: object, reserve: Reserve): void {
  reserves.set(db, reserve)
}

export function releaseReserveOf(db: object): boolean {
  return reserves.get(db)?.release('work') ?? false
}

/** True for a store without one. */
export function isReserveWhole(db: object): boolean {
  return reserves.get(db)?.refill() ?? true
}

/** Random bytes: a file system that compresses would keep no room for zeros. */
function fill(file: string, from: number, to: number): boolean {
  try {
    const handle = openSync(file, 'a', 0o600)
    try {
      for (let at = from; at < to; at += STEP_BYTES) writeSync(handle, randomBytes(Math.min(STEP_BYTES, to - at)))
    } finally {
      closeSync(handle)
    }
    return true
  } catch (cause) {
    if (diskTroubleOf(cause) === undefined) throw cause
    return false // somebody else was quicker: what was written of it stays
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function freeBytesNow(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY // a file system without figures: a full disk shows when it is written to
  }
}
