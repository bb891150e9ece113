import type { Database } from 'better-sqlite3'
import type { EventBody, EventName } from '../../preload/contract/ipc.ts'
import { seesPatientData } from '../../server/contract/domain/roles.ts'
import { type LiveSocket, openLiveSocket } from '../live/live-socket.ts'
import { createPresence, type PresenceLine } from '../live/presence.ts'
import { type ImportRunner, startImportRunner } from '../media/import-runner.ts'
import { type PhotoCache, startPhotoCache } from '../media/photo-cache.ts'
import { openSealedFolder } from '../media/sealed-folder.ts'
import { openStaging, type Staging } from '../media/staging.ts'
import type { Clock } from '../platform/clock.ts'
import { freeBytesAt } from '../platform/free-space.ts'
import { createHttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import { workstationPaths } from '../platform/paths.ts'
import { watchServerClock } from '../platform/server-clock.ts'
import { createSession, type Session } from '../session/session.ts'
import type { Changes } from '../store/changes.ts'
import { write } from '../store/db.ts'
import { getClientId } from '../store/outbox/claim.ts'
import { openWithReserve } from '../store/open-with-reserve.ts'
import { openReserve } from '../store/reserve.ts'
import { photoBudgetBytes } from '../store/storage/photo-budget.ts'
import { createQueueIndex, type QueueIndex } from '../store/queue/queue-index.ts'
import type { LetGo } from '../../preload/contract/app-state.ts'
import { createCasesSince } from '../sync/cases-since.ts'
import { createGraceClock, type GraceClock } from '../sync/grace-clock.ts'
import { startSyncEngine, type SyncEngine } from '../sync/engine.ts'
import { letGo } from '../sync/let-go.ts'
import { createThreadedFetch } from '../sync/fetch-rows.ts'
import type { DataOptions } from './protocol.ts'

export type Emit = <E extends EventName>(name: E, body: EventBody<E>) => void
export type WorkstationSeams = {
  readonly options: DataOptions
  readonly clock: Clock
  readonly logger: Logger
  readonly emit: Emit
  /** This process's own entry, for its threads; without it rows are read in this one. */
  readonly entry?: URL
}

/** Everything that lives between unlock and lock. */
export type Opened = {
  readonly db: Database
  readonly queue: QueueIndex
  readonly session: Session
  readonly sync: SyncEngine
  readonly photos: PhotoCache
  readonly imports: ImportRunner
  readonly staging: Staging
  readonly presence: PresenceLine
  readonly grace: GraceClock
  readonly casesSince: ReturnType<typeof createCasesSince>
  /** See DataOptions. */
  readonly graceMs: number | undefined
  /** After every committed change of rows: the queue's order, the screens, the photos to fetch. */
  readonly changed: (changes: Changes) => void
  /** Somebody locks, signs out or closes on purpose: before that. */
  letGo(): Promise<LetGo | null>
  /** Stops all work, closes the store, zeroes the key. */
  close(): Promise<void>
}

/** @throws AppError `store.passphrase` when the key does not open the store */
export function openWorkstation(seams: WorkstationSeams, key: Buffer, onAccount: () => void): Opened {
  const { options, clock, logger, emit } = seams
  const paths = workstationPaths(options.dataDir)
  const db = openWithReserve(paths.store, key, openReserve(paths.reserve))
  const http = watchServerClock(createHttpsClient(options.caFile), options.serverUrl, clock)
  const queue = createQueueIndex(db)
  const folders = { photos: openSealedFolder(paths.photos, key), staging: openSealedFolder(paths.staging, key) }
  const staging = openStaging({ db, folder: folders.staging, clock })
  const live = { socket: undefined as LiveSocket | undefined, personId: null as string | null }

  const session = createSession({
    db,
    http,
    serverUrl: options.serverUrl,
    clock,
    logger,
    onChange: () => accountChanged(),
  })
  const mayPull = () => {
    const account = session.account()
    return account !== undefined && seesPatientData(account.person.roles)
  }
  const personId = () => (mayPull() ? (session.account()?.person.id ?? null) : null)
  const shared = { db, clock, logger, http, apiOf: session.apiOf, serverUrl: options.serverUrl }

  const changed = (changes: Changes) => {
    if (changes.patientIds.size > 0 || changes.touched.practice) queue.refresh(db, changes.patientIds)
    const { touched } = changes
    if (touched.patients || touched.sessions || touched.reads || touched.practice) emit('store.changed', { ...touched })
    photos.wake()
  }
  const disk = { isLow: false }
  const rows = seams.entry === undefined ? undefined : createThreadedFetch(seams.entry)
  const grace = createGraceClock({ db, clock })
  const sync = startSyncEngine({
    ...shared,
    grace,
    ...(rows === undefined ? {} : { fetchRows: rows.fetchRows }),
    personId,
    isSignInExpired: session.isExpired,
    isSocketUp: () => live.socket?.isUp() === true,
    isLowOnDisk: () => disk.isLow,
    clockAheadMs: () => http.aheadMs(),
    onChanges: changed,
    onStatus: (status) => emit('sync.status', status),
  })
  const photos: PhotoCache = startPhotoCache({
    ...shared,
    folder: folders.photos,
    freeBytes: () => freeBytesAt(options.dataDir),
    budgetBytes: () => photoBudgetBytes(db),
    personId: () => (session.isExpired() ? null : personId()),
    onArrived: (hash) => emit('photo.arrived', { hash }),
    onProgress: () => sync.announce(),
    onLowDisk: (low) => {
      disk.isLow = low
      sync.announce()
    },
  })
  const imports = startImportRunner({
    ...shared,
    staging,
    personId,
    isSignInExpired: session.isExpired,
    onProgress: (progress) => emit('import.progress', progress),
  })

  const presence = createPresence({
    tell: async (sessionId) => {
      const id = personId()
      if (id !== null && !session.isExpired()) await session.apiOf(id).call('presence.set', { body: { sessionId } })
    },
    personId,
    practiceId: () => session.account()?.practice.id ?? null,
    onChange: () => emit('presence.changed', {}),
    logger,
  })

  const accountChanged = () => {
    connectLive()
    void sync.now()
    sync.announce()
    photos.wake()
    imports.wake()
    onAccount()
  }
  /** One socket for the person who is signed in; a renewed token does not need a new one. */
  const connectLive = () => {
    const now = session.isExpired() ? null : personId()
    if (live.personId === now) return
    live.socket?.close()
    presence.lineLost()
    live.personId = now
    live.socket = now === null ? undefined : openLiveFor(now)
  }
  const openLiveFor = (id: string) =>
    openLiveSocket({
      serverUrl: options.serverUrl,
      caFile: options.caFile,
      clientId: write(db, (tx) => getClientId(tx, id)),
      token: (refused) => session.tokenOf(id, refused),
      logger,
      onPoke: (seq) => sync.poked(seq),
      onPresence: (message) => presence.heard(message),
      onChange: () => {
        if (live.socket?.isUp() !== true) presence.lineLost()
        void sync.now()
      },
    })
  connectLive()
  photos.wake()
  void sweepDisk([staging.forgetOld(), folders.photos.removeDrafts(), folders.staging.removeDrafts()], logger)

  return {
    db,
    queue,
    session,
    sync,
    photos,
    imports,
    staging,
    presence,
    grace,
    casesSince: createCasesSince(),
    graceMs: options.graceMs,
    changed,
    letGo: async () => {
      const person = session.account()?.person
      return person === undefined ? null : letGo({ db, grace, sync, logger, withinMs: options.leaveMs }, person.id)
    },
    close: async () => {
      await presence.leave()
      presence.stop()
      live.socket?.close()
      try {
        await session.close()
        const stopped = [sync.stop(), photos.stop(), imports.stop()]
        await http.close() // ends whatever still waits for the server
        await Promise.allSettled([...stopped, rows?.stop()])
      } finally {
        db.close()
        key.fill(0)
      }
    },
  }
}

/** Nobody waits for it, and what stays behind now goes at the next start. */
async function sweepDisk(sweeps: readonly Promise<void>[], logger: Logger): Promise<void> {
  const ends = await Promise.allSettled(sweeps)
  const failedCount = ends.filter((end) => end.status === 'rejected').length
  if (failedCount > 0) logger.warn('sweep.failed', { failedCount })
}
