import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { AppError, ERRORS } from '../../server/contract/errors.ts'
import { MAX_PUSH_MUTATIONS } from '../../server/contract/sync/wire.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { ServerApi } from '../platform/server-api.ts'
import type { Changes } from '../store/changes.ts'
import { findNextDueMs } from '../store/outbox/outbox.ts'
import { findLastCheck, getPosition } from '../store/sync-state/sync-state.ts'
import { checkAndRepair, isCheckDue } from './check.ts'
import type { GraceClock } from './grace-clock.ts'
import { createHandOver } from './hand-over.ts'
import { createPuller } from './pull.ts'
import type { FetchRows } from './read-rows.ts'
import { pushOnce, REFUSES_CONTENTS } from './push.ts'
import { isLineDown, type Link, linkAfter, nextWaitMs } from './schedule.ts'
import { createStatusLine } from './status-line.ts'

export type SyncSeams = {
  readonly db: Database
  /** Calls in the name of one person, refused with `auth.required` once that person is no longer signed in. */
  readonly apiOf: (personId: string) => ServerApi
  readonly clock: Clock
  readonly logger: Logger
  /** The signed-in person whose changes may be pushed; null while nothing may be sent. */
  readonly personId: () => string | null
  readonly isSignInExpired: () => boolean
  readonly isSocketUp: () => boolean
  readonly isLowOnDisk: () => boolean
  /** Null while it is right, or nothing is known of the server's. */
  readonly clockAheadMs?: () => number | null
  /** Counts the time for taking back; without it the clock is taken at its word. */
  readonly grace?: GraceClock
  /** Reads the rows of a copy in a thread of their own; without it they are read here. */
  readonly fetchRows?: FetchRows
  readonly onChanges: (changes: Changes) => void
  readonly onStatus: (status: SyncStatus) => void
}
export type SyncEngine = {
  status(): SyncStatus
  /** Pull and push now: a poke, the person's wish, a sign-in. */
  now(): Promise<void>
  /** Something was queued (or taken back): send when it is due. */
  queued(): void
  /** Sends what is due now. Resolves when all of it has left, or when that failed for this time. */
  sendNow(): Promise<void>
  /** The feed has reached this position: pull, unless these rows are here already. */
  poked(seq: number): void
  /**
   * Compares this store with the server now, and repairs what differs.
   * @throws AppError what kept it from that
   */
  checkNow(): Promise<void>
  /** Counts or sign-in changed: tell the screens. */
  announce(): void
  stop(): Promise<void>
}

/** One cycle at a time: first what waits to be sent, then what is new. Everything that goes wrong only delays it. */
export function startSyncEngine(seams: SyncSeams): SyncEngine {
  const { db, clock } = seams
  const state = {
    link: { connection: 'offline', reason: null } as Link,
    pulling: false,
    failures: 0,
    atMost: MAX_PUSH_MUTATIONS,
    running: undefined as Promise<void> | undefined,
    again: false,
    pullDue: true,
    timer: undefined as NodeJS.Timeout | undefined,
    stopped: false,
    checks: [] as PromiseWithResolvers<void>[],
    sends: [] as PromiseWithResolvers<void>[],
  }

  const puller = createPuller({ db, nowMs: () => clock.nowMs(), fetchRows: seams.fetchRows })
  const hand = createHandOver(seams.onChanges)

  const line = createStatusLine({
    ...seams,
    nowMs: () => clock.nowMs(),
    clockAheadMs: seams.clockAheadMs ?? (() => null),
    link: () => ({ ...state.link, pulling: state.pulling }),
  })
  const { announce } = line

  const pushAll = async (api: ServerApi, personId: string) => {
    for (;;) {
      seams.grace?.keepPace()
      const changes = await pushOnce({ db, api }, personId, () => clock.nowMs(), state.atMost)
      if (changes === undefined || state.stopped) return sendsDone()
      state.pullDue = true // what was applied comes back with the feed
      seams.onChanges(changes)
      announce()
    }
  }
  const sendsDone = () => {
    for (const { resolve } of state.sends.splice(0)) resolve()
  }
  const pullAll = async (api: ServerApi, personId: string) => {
    state.pulling = true
    state.pullDue = false // from here on: what is told of while this asks may not be in what it is answered
    puller.begin()
    announce()
    try {
      for (let more = true; more && !state.stopped; ) {
        const step = await puller.step(api)
        if (step.changes !== undefined) hand.over(step.changes)
        more = step.more
        state.link = { connection: 'online', reason: null }
        announce()
        if (more) await yieldToOthers()
        // A first copy may take minutes: what was decided meanwhile does not wait for its end.
        if (more && findDueInMs() === 0) {
          await pushAll(api, personId)
          state.pullDue = false
          puller.askAgain()
        }
      }
    } finally {
      hand.flush()
      state.pulling = false
    }
  }

  const cycle = async () => {
    const personId = seams.personId()
    if (personId === null || seams.isSignInExpired()) return
    const api = seams.apiOf(personId)
    try {
      // While the line is down, ask first: what is claimed for sending can no longer be taken back. A server that
      // refuses to be pulled from (this version is too old) may still be pushed to.
      if (isLineDown(state.link)) await pullAll(api, personId)
      await pushAll(api, personId)
      if (state.pullDue) await pullAll(api, personId)
      await checkIfDue(api, personId)
      state.link = { connection: 'online', reason: null }
      state.failures = 0
      state.atMost = MAX_PUSH_MUTATIONS
    } catch (cause) {
      if (seams.personId() === personId) failed(AppError.from(cause))
      else state.again = true // somebody else is signed in by now: the failure was not theirs
    }
  }
  const checkIfDue = async (api: ServerApi, personId: string) => {
    const asked = state.checks.splice(0)
    if (state.stopped || (asked.length === 0 && !isCheckDue(findLastCheck(db), clock.nowMs()))) return
    const pull = () => pullAll(api, personId)
    const isStopped = () => state.stopped
    try {
      await checkAndRepair({ db, clock, logger: seams.logger, api, personId, pull, isStopped })
      for (const { resolve } of asked) resolve()
      await pushAll(api, personId) // what differed is told
    } catch (cause) {
      const error = AppError.from(cause)
      for (const { reject } of asked) reject(error)
      // Nothing hangs on it: decisions and rows came and went before, and the next round asks again.
      if (error.code === 'internal') seams.logger.error('sync.check-failed', error.cause ?? error, error.detail)
      else seams.logger.info('sync.check-delayed', { code: error.code })
    }
  }
  const failed = (error: AppError) => {
    sendsDone()
    for (const { reject } of state.checks.splice(0)) reject(error)
    if (state.stopped) return
    state.failures += 1
    if (REFUSES_CONTENTS.has(error.code)) state.atMost = 1
    state.pullDue = true
    state.link = linkAfter(error)
    const fields = { code: error.code, onSync: ERRORS[error.code].onSync, failures: state.failures }
    if (error.code === 'internal') seams.logger.error('sync.failed', error.cause ?? error)
    else seams.logger.info('sync.delayed', fields)
  }

  const run = (): Promise<void> => {
    if (state.stopped) return Promise.resolve()
    if (state.running !== undefined) {
      state.again = true
      return state.running
    }
    clearTimeout(state.timer)
    state.running = loop().finally(() => {
      state.running = undefined
      sendsDone()
      announce()
      plan()
    })
    return state.running
  }
  const loop = async () => {
    do {
      state.again = false
      await cycle()
    } while (state.again && state.failures === 0 && !state.stopped)
  }

  const plan = () => {
    clearTimeout(state.timer)
    if (state.stopped) return
    const { failures, link } = state
    const waitMs = nextWaitMs({ failures, link, isSocketUp: seams.isSocketUp(), dueInMs: findDueInMs() })
    state.timer = setTimeout(() => {
      state.pullDue ||= findDueInMs() > 0
      void run()
    }, waitMs).unref()
  }
  const findDueInMs = (): number => {
    const personId = seams.personId()
    // With the sign-in over nothing can go: what is due would wake it again at once, a thousand times a second.
    const due = personId === null || seams.isSignInExpired() ? undefined : findNextDueMs(db, personId, clock.nowMs())
    return due === undefined ? Number.POSITIVE_INFINITY : Math.max(0, due - (seams.grace ?? clock).nowMs())
  }

  void run()
  return {
    status: line.status,
    announce,
    poked: (seq) => {
      const position = getPosition(db)
      if (!position.bootstrapping && seq <= position.seq) return
      state.pullDue = true
      void run()
    },
    checkNow: async () => {
      if (seams.personId() === null || seams.isSignInExpired()) throw new AppError('auth.required')
      const check = Promise.withResolvers<void>()
      state.checks.push(check)
      void run()
      await check.promise
    },
    now: () => {
      state.pullDue = true
      return run()
    },
    queued: () => {
      announce()
      if (state.running === undefined && state.failures === 0) plan()
      else state.again = state.running !== undefined
    },
    sendNow: () => {
      if (state.stopped) return Promise.resolve()
      const send = Promise.withResolvers<void>()
      state.sends.push(send)
      void run()
      return send.promise
    },
    stop: async () => {
      state.stopped = true
      clearTimeout(state.timer)
      line.stop()
      await state.running
      for (const { reject } of state.checks.splice(0)) reject(new AppError('store.locked'))
    },
  }
}
