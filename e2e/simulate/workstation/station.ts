import path from 'node:path'
import type { Database } from 'better-sqlite3'
import type { HttpsClient } from '../../../electron/platform/https-client.ts'
import { silentLogger } from '../../../electron/platform/logger.ts'
import { createServerApi } from '../../../electron/platform/server-api.ts'
import { type PhotoCache, startPhotoCache } from '../../../electron/media/photo-cache.ts'
import { type SyncEngine, startSyncEngine } from '../../../electron/sync/engine.ts'
import { createGraceClock, type GraceClock } from '../../../electron/sync/grace-clock.ts'
import type { PracticeId } from '../../../server/contract/domain/ids.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import { seesPatientData } from '../../../server/contract/domain/roles.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { Line, Network } from '../network.ts'
import type { Fate } from '../plan/fates.ts'
import { owners, type SimulatedTime } from '../seams/timers.ts'
import { createPhotoFolder } from './photo-folder.ts'
import { copyAfterDeath, type CrashAt, type Disk, openDisk } from './disk.ts'

export type Station = ReturnType<typeof createStation>

type Ports = {
  readonly name: string
  readonly practiceId: PracticeId
  readonly folder: string
  /** A store that is empty and up to date, to begin with. */
  readonly template: string
  readonly key: Buffer
  readonly time: SimulatedTime
  readonly network: Network
  /** Signs a person in. @returns the Authorization that the server takes; null when the provider does not renew */
  readonly signIn: (person: Person) => string
  /** What went wrong inside that no run may meet. */
  readonly onFault: (cause: unknown) => void
}
type Life = {
  readonly disk: Disk
  readonly engine: SyncEngine
  readonly grace: GraceClock
  readonly photos: PhotoCache
  readonly owner: { alive: boolean }
}

/** A few photos of a few dozen bytes each: what was needed longest ago goes. */
const PHOTO_BUDGET_BYTES = 300
const SERVER_URL = 'https://server.simulated'

/** One workstation: the real store and the real engine. Its process may end at any write and is started again from its files. */
export function createStation(ports: Ports, people: readonly [Person, ...Person[]]) {
  const state = {
    life: undefined as Life | undefined,
    lives: 0,
    ended: [] as Disk[],
    person: people[0],
    authorization: new Map<string, string>(),
    signInOver: new Set<string>(),
    fates: { push: [] as Fate[], pull: [] as Fate[], photos: [] as Fate[] },
    cut: false,
    clockMs: 0,
    diskFull: false,
    socketUp: true,
    protocol: undefined as number | undefined,
  }
  const clock = { nowMs: () => ports.time.nowMs() + state.clockMs }
  const photoFolder = createPhotoFolder(ports.key)
  const fileOf = (life: number) => path.join(ports.folder, `${ports.name}-${life}`, 'store.db')

  const bearerOf = (personId: string) => async (refused: string | null) => {
    const person = people.find(({ id }) => id === personId)
    if (person === undefined || personId !== state.person.id) throw new AppError('auth.required')
    if (state.signInOver.has(personId)) return null
    const held = state.authorization.get(personId)?.replace('Bearer ', '') ?? null
    if (held !== refused && held !== null) return held
    state.authorization.set(personId, ports.signIn(person))
    return state.authorization.get(personId)?.replace('Bearer ', '') ?? null
  }

  const start = (crash?: CrashAt) => {
    state.lives += 1
    const owner = { alive: true }
    const file = fileOf(state.lives)
    copyAfterDeath(state.lives === 1 ? ports.template : fileOf(state.lives - 1), file)
    const disk = openDisk(file, ports.key, () => (owner.alive = false))
    if (state.diskFull) disk.setFull(true)
    disk.crashAt(crash)
    const line: Line = {
      name: ports.name,
      practiceId: ports.practiceId,
      isAlive: () => owner.alive,
      isCut: () => state.cut,
      takeFate: (of) => state.fates[of].shift() ?? { kind: 'ok' },
      protocol: () => state.protocol,
    }
    const http: HttpsClient = {
      send: (what) => ports.network.send(line, what),
      receive: (what, take) => ports.network.receive(line, what, take),
      dispatcher: undefined as never, // of the real line alone
      close: async () => {},
    }
    const personId = () => (seesPatientData(state.person.roles) ? state.person.id : null)
    const isSignInExpired = () => state.signInOver.has(state.person.id)
    const shared = {
      db: disk.db,
      http,
      serverUrl: SERVER_URL,
      apiOf: (id: string) => createServerApi(http, SERVER_URL, bearerOf(id)),
      clock,
      logger: { ...silentLogger, error: (_event: string, cause: unknown) => owner.alive && ports.onFault(cause) },
    }
    owners.run(owner, () => {
      const photos = startPhotoCache({
        ...shared,
        folder: photoFolder.openFor({ isAlive: () => owner.alive, isFull: () => state.diskFull }),
        personId: () => (isSignInExpired() ? null : personId()),
        freeBytes: async () => (state.diskFull ? 0 : Number.POSITIVE_INFINITY),
        onArrived: () => {},
        onProgress: () => {},
        onLowDisk: () => {},
        budgetBytes: () => PHOTO_BUDGET_BYTES,
      })
      const grace = createGraceClock(shared)
      const engine = startSyncEngine({
        ...shared,
        grace,
        personId,
        isSignInExpired,
        isSocketUp: () => state.socketUp,
        isLowOnDisk: () => state.diskFull,
        onChanges: () => photos.wake(),
        onStatus: () => {},
      })
      state.life = { disk, engine, grace, photos, owner }
    })
  }
  const life = (): Life => {
    if (state.life === undefined) throw new Error(`${ports.name} is not running`)
    return state.life
  }

  return {
    name: ports.name,
    practiceId: ports.practiceId,
    people,
    state,
    clock,
    photoFolder,
    start,
    db: (): Database => life().disk.db,
    raw: (): Database => life().disk.raw,
    disk: () => life().disk,
    /** Whatever is done inside its process: timers that it sets are its own. */
    inside: <T>(work: (life: Life) => T): T => owners.run(life().owner, () => work(life())),
    isDead: () => life().disk.isDead(),
    crashAt: (at: CrashAt | undefined) => life().disk.crashAt(at),
    /** After its process has ended: opened again from what is on the disk. */
    restart: () => {
      const { disk } = life()
      if (!disk.isDead()) disk.kill()
      state.ended.push(disk)
      start()
    },
    setDiskFull: (full: boolean) => {
      state.diskFull = full
      life().disk.setFull(full)
    },
    close: () => {
      life().owner.alive = false
      for (const disk of [...state.ended, life().disk]) disk.close()
    },
  }
}
