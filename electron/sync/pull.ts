import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import { cursorOf, MAX_PULL_OPS, type PullAnswer } from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { type Changes, newChanges } from '../store/changes.ts'
import { hasManyUnseen } from '../store/copy/unseen.ts'
import { writeIfRoom } from '../store/db.ts'
import { findPhotosOwed } from '../store/photos/places.ts'
import { isAnyStale, refreshStale } from '../store/queue/stale.ts'
import { type Copy, findCopy, getPosition, saveLastSyncedAtMs } from '../store/sync-state/sync-state.ts'
import { applyPage } from './apply.ts'
import { applyCopySlice, beginCopy, type Copying } from './bootstrap.ts'
import { sweepSome } from './complete-copy.ts'
import { createPhotoIndex } from './photo-index.ts'
import { type CopyPage, type FetchRows, fetchRowsHere } from './read-rows.ts'
import { createRowsAhead, placeKey } from './rows-ahead.ts'
import { createSliceSize } from './slice-size.ts'

/** On a slow line the time until the next answer is used for queue rows; on a fast one they are made once, at the end. */
const IDLE_AFTER_MS = 200

export type Puller = {
  /** Once at the beginning of each round: the feed is asked again even if it had no more. */
  begin(): void
  /** Something was pushed in the middle of the round: it comes back with the feed. */
  askAgain(): void
  /** One small step. @returns what changed, and whether there is more to do; a lost position begins a fresh copy */
  step(api: ServerApi): Promise<{ changes: Changes | undefined; more: boolean }>
}
type Answer<T> = { readonly key: string; rest: T }

/** Rows into the store: a copy when there is none or its position is lost, else the feed; always in small transactions. */
export function createPuller(seams: {
  readonly db: Database
  readonly nowMs: () => number
  readonly fetchRows?: FetchRows | undefined
}): Puller {
  const { db, nowMs, fetchRows: fetch = fetchRowsHere } = seams
  const photos = createPhotoIndex(db)
  const ahead = createRowsAhead(fetch)
  const state = {
    caughtUp: false,
    begun: false,
    page: undefined as Answer<CopyPage> | undefined,
    ops: undefined as PullAnswer | undefined,
  }
  const queueSize = createSliceSize(5, 1000)
  const opsSize = createSliceSize(50, MAX_PULL_OPS)
  const rowsSizes = new Map<EntityName, ReturnType<typeof createSliceSize>>()
  /** A scan takes five times as long as a read: what fitted for one says nothing about the other. */
  const rowsSize = (entity: EntityName) => {
    const size = rowsSizes.get(entity) ?? createSliceSize(100, 1000)
    rowsSizes.set(entity, size)
    return size
  }

  const startAgain = (error: AppError) => {
    // Twice in one round is no fresh start but a server that contradicts itself: it gets the pause of a failure.
    if (error.code !== 'sync.epoch' || state.begun) throw error
    state.begun = true
    forget()
    begin()
    return { changes: undefined, more: true }
  }
  const begin = () => {
    writeIfRoom(db, (tx) => beginCopy(tx))
    photos.begin()
  }
  const forget = () => {
    state.page = undefined
    ahead.forget()
    state.ops = undefined
  }

  /** Undefined while it has not come, and there is something else to do. */
  const nextRows = async (api: ServerApi, copy: Copying): Promise<CopyPage | undefined> => {
    const key = placeKey(copy)
    if (state.page?.key === key) return state.page.rest
    const answer = ahead.find(api, copy)
    const page = await Promise.race([
      answer,
      isAnyStale(db) ? sleep(IDLE_AFTER_MS, undefined, { ref: false }) : answer,
    ]).catch((cause: unknown) => {
      ahead.forget()
      throw cause
    })
    if (page === undefined) return undefined
    state.page = { key, rest: page }
    ahead.taken(api, page)
    return page
  }
  const copyStep = async (api: ServerApi, copy: Copying) => {
    const page = await nextRows(api, copy)
    if (page === undefined) return refreshStep()
    const size = rowsSize(copy.entity)
    const rows = page.rows.slice(0, size.count())
    const isLast = rows.length === page.rows.length
    const upTo = isLast ? page.next : (rows.at(-1)?.id ?? null)
    const changes = size.measure(rows.length, () =>
      writeIfRoom(db, (tx) => applyCopySlice(tx, { of: page, rows, upTo })),
    )
    photos.note(rows)
    const rest = { ...page, rows: page.rows.slice(rows.length) }
    state.page = isLast ? undefined : { key: placeKey({ entity: copy.entity, after: upTo }), rest }
    return { changes, more: true }
  }

  const pullStep = async (api: ServerApi) => {
    const { epoch, seq } = getPosition(db)
    if (state.ops?.from !== seq + 1 || state.ops.epoch !== epoch) {
      state.ops = await api.call('sync.pull', {
        query: { cursor: cursorOf(epoch, seq), limit: MAX_PULL_OPS, protocol: PROTOCOL_VERSION },
      })
    }
    const { now, later } = splitPage(state.ops, opsSize.count())
    state.ops = undefined // until it is applied, it is asked for again
    const changes = opsSize.measure(now.ops.length, () =>
      writeIfRoom(db, (tx) => {
        const applied = applyPage(tx, now)
        if (!now.more) saveLastSyncedAtMs(tx, nowMs())
        return applied
      }),
    )
    state.ops = later
    state.caughtUp = !now.more
    return { changes, more: now.more || isAnyStale(db) || findPhotosOwed(db) !== undefined }
  }

  const refreshStep = () => {
    const count = queueSize.count()
    const patientIds = queueSize.measure(count, () => writeIfRoom(db, (tx) => refreshStale(tx, count)))
    const changes = newChanges()
    for (const id of patientIds) changes.patientIds.add(id)
    changes.touched.sessions = true
    return { changes, more: true }
  }
  const sweepStep = () => ({ changes: writeIfRoom(db, (tx) => sweepSome(tx)), more: true })

  const step: Puller['step'] = async (api) => {
    if (getPosition(db).bootstrapping && findCopy(db) === undefined) begin()
    const copy = findCopy(db)
    try {
      if (isCopying(copy)) return await copyStep(api, copy)
      if (copy !== undefined && hasManyUnseen(db)) return sweepStep()
      if ((copy !== undefined || state.caughtUp) && isAnyStale(db)) return refreshStep()
      if (state.caughtUp) return { changes: undefined, more: photos.step() }
      return await pullStep(api)
    } catch (cause) {
      return startAgain(AppError.from(cause))
    }
  }
  return {
    begin: () => {
      state.caughtUp = false
      state.begun = false
    },
    askAgain: () => {
      state.caughtUp = false
    },
    step,
  }
}

function isCopying(copy: Copy | undefined): copy is Copying {
  return copy !== undefined && copy.entity !== null
}

/** Part of a page is a page: contiguous, with its own end. */
function splitPage(page: PullAnswer, count: number): { now: PullAnswer; later: PullAnswer | undefined } {
  if (page.ops.length <= count) return { now: page, later: undefined }
  const to = page.from + count - 1
  return {
    now: { ...page, to, ops: page.ops.slice(0, count), more: true },
    later: { ...page, from: to + 1, ops: page.ops.slice(count) },
  }
}
