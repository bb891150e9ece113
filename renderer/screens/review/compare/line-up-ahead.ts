import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import type { Port } from '../../../ports/bridge.ts'
import { isOnBattery } from '../../../viewer/on-battery.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import type { CheckStore } from './check-store.ts'
import type { PairStore } from './pair-store.ts'
import { joinToCompare, type ToCompare, toCompare } from './pairs-of-cases.ts'

type Options = {
  readonly port: Pick<Port, 'call'>
  readonly pairs: Pick<PairStore, 'want' | 'whenDone'>
  readonly checks: Pick<CheckStore, 'want'>
  readonly quietly: Quietly
  readonly isSparing?: () => Promise<boolean>
}

/** Of five views: as many pairs as the store is asked for at a time. */
const READ_AT_ONCE = 10
const NOTHING: ToCompare = { pairs: [], otherSides: new Map(), photos: [] }

/**
 * Lines up the photos of cases that nobody has opened yet, once nothing nearer is left to do. Reading a case claims and
 * tells nothing (`review.open`), and a photo that has not arrived is not sent for: it is tried again when it is here.
 * @param isSparing then nothing further ahead is begun
 */
export function createLineUpAhead({ port, pairs, checks, quietly, isSparing = isOnBattery }: Options) {
  /** Those of the wanted cases that were read; nothing for one that could not be, which is not tried again. */
  const found = new Map<SessionId, ToCompare>()
  const now = { ids: [] as readonly SessionId[], near: NOTHING, isReading: false, isClosed: false }

  function tell() {
    const all = joinToCompare([now.near, ...now.ids.flatMap((id) => found.get(id) ?? [])])
    pairs.want(all.pairs, all.otherSides)
    checks.want(all.photos)
  }
  async function read(sessionId: SessionId) {
    if (now.isClosed || found.has(sessionId) || !now.ids.includes(sessionId)) return
    const current = await port.call('review.open', { sessionId }).catch(() => undefined)
    found.set(sessionId, toCompare({ current, next: [], previous: undefined }, 'frontal', null))
  }
  async function readMore() {
    const next = now.ids.filter((id) => !found.has(id)).slice(0, READ_AT_ONCE)
    if (next.length === 0 || now.isReading || now.isClosed) return
    now.isReading = true
    try {
      if (await isSparing()) return
      for (const id of next) await quietly(() => read(id))
    } finally {
      now.isReading = false
    }
    if (!now.isClosed) tell()
  }
  const endDone = pairs.whenDone(() => void readMore())

  return {
    /**
     * @param ids the nearest first
     * @param near what is on screen or next to it: before everything else, and whatever the battery says
     */
    want(ids: readonly SessionId[], near = NOTHING) {
      now.ids = ids
      now.near = near
      const wanted = new Set(ids)
      for (const id of found.keys()) if (!wanted.has(id)) found.delete(id)
      tell()
    },
    close() {
      now.isClosed = true
      endDone()
    },
  }
}
