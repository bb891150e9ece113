import type { Database } from 'better-sqlite3'
import type { EventBody, EventName } from '../../preload/contract/ipc.ts'
import { seesPatientData } from '../../server/contract/domain/roles.ts'
import { type LiveSocket, openLiveSocket } from '../live/live-socket.ts'
import { type ImportRunner, startImportRunner } from '../media/import-runner.ts'
import { type PhotoCache, startPhotoCache } from '../media/photo-cache.ts'
import { openSealedFolder, type SealedFolder } from '../media/sealed-folder.ts'
import type { Clock } from '../platform/clock.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import type { Logger } from '../platform/logger.ts'
import { workstationPaths } from '../platform/paths.ts'
import { createSession, type Session } from '../session/session.ts'
import type { Changes } from '../store/changes.ts'
import { openStore } from '../store/open.ts'
import { createQueueIndex, type QueueIndex } from '../store/queue/queue-index.ts'
import { startSyncEngine, type SyncEngine } from '../sync/engine.ts'
import type { DataOptions } from './protocol.ts'

export type Emit = <E extends EventName>(name: E, body: EventBody<E>) => void
export type WorkstationSeams = {
  readonly options: DataOptions
  readonly clock: Clock
  readonly logger: Logger
  readonly emit: Emit
}

/** Everything that lives between unlock and lock. */
export type Opened = {
  readonly db: Database
  readonly queue: QueueIndex
  readonly session: Session
  readonly sync: SyncEngine
  readonly photos: PhotoCache
  readonly imports: ImportRunner
  readonly staging: SealedFolder
  /** After every committed change of rows: the queue's order, the screens, the photos to fetch. */
  readonly changed: (changes: Changes) => void
  /** Stops all work, closes the store, zeroes the key. */
  close(): Promise<void>
}

/** @throws AppError `store.passphrase` when the key does not open the store */
export function openWorkstation(seams: WorkstationSeams, key: Buffer, onAccount: () => void): Opened {
  const { options, clock, logger, emit } = seams
  const paths = workstationPaths(options.dataDir)
  const db = openStore(paths.store, key)
  const http: HttpsClient = createHttpsClient(options.caFile)
  const queue = createQueueIndex(db)
  const staging = openSealedFolder(paths.staging, key)
  const live = { socket: undefined as LiveSocket | undefined, forPerson: undefined as string | undefined }

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
  const shared = { db, clock, logger, http, api: session.api, serverUrl: options.serverUrl }

  const changed = (changes: Changes) => {
    if (changes.patientIds.size > 0) queue.refresh(db, changes.patientIds)
    const { touched } = changes
    if (touched.patients || touched.sessions || touched.reads) emit('store.changed', { ...touched })
    photos.wake()
  }
  const sync = startSyncEngine({
    ...shared,
    personId,
    isSignInExpired: session.isExpired,
    isSocketUp: () => live.socket?.isUp() === true,
    onChanges: changed,
    onStatus: (status) => emit('sync.status', status),
  })
  const photos: PhotoCache = startPhotoCache({
    ...shared,
    folder: openSealedFolder(paths.photos, key),
    mayFetch: () => mayPull() && !session.isExpired(),
    onArrived: (hash) => {
      emit('photo.arrived', { hash })
      sync.announce()
    },
  })
  const imports = startImportRunner({
    ...shared,
    folder: staging,
    personId,
    onProgress: (progress) => emit('import.progress', progress),
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
    const person = session.isExpired() ? null : personId()
    if (live.forPerson === (person ?? undefined)) return
    live.socket?.close()
    live.forPerson = person ?? undefined
    live.socket =
      person === null
        ? undefined
        : openLiveSocket({
            serverUrl: options.serverUrl,
            caFile: options.caFile,
            token: session.accessToken,
            logger,
            onPoke: () => void sync.now(),
            onChange: () => void sync.now(),
          })
  }
  connectLive()
  photos.wake()

  return {
    db,
    queue,
    session,
    sync,
    photos,
    imports,
    staging,
    changed,
    close: async () => {
      live.socket?.close()
      session.close()
      const stopped = [sync.stop(), photos.stop(), imports.stop()]
      await http.close() // ends whatever still waits for the server
      await Promise.allSettled(stopped)
      db.close()
      key.fill(0)
    },
  }
}
