import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppState, LetGo, Phase } from '../../preload/contract/app-state.ts'
import { seesPatientData } from '../../server/contract/domain/roles.ts'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { diskTroubleOf, withDiskTrouble } from '../platform/disk-trouble.ts'
import { createTurns } from '../platform/in-turn.ts'
import {
  createKeychainKey,
  createPassphraseKey,
  unlockWithKeychain,
  unlockWithPassphrase,
} from '../platform/key-guard.ts'
import { findKeyRecord, type KeyRecord } from '../platform/key-record.ts'
import { type Keychain, keychainWorks } from '../platform/keychain.ts'
import { workstationPaths } from '../platform/paths.ts'
import { type Opened, openWorkstation, type WorkstationSeams } from './opened.ts'

export type Workstation = {
  state(): AppState
  /** @throws AppError `store.locked` */
  opened(): Opened
  choosePassphrase(passphrase: string): Promise<AppState>
  unlock(passphrase: string | null): Promise<AppState>
  /** @param onPurpose false when the host has gone: decisions that can be taken back wait on then */
  lock(onPurpose?: boolean): Promise<AppState>
  /** @throws AppError `store.locked` */
  signOut(): Promise<AppState>
}

const READY_WITHIN_MS = 2000
/** What the screen says of itself; everything else answers whoever asked. */
const PROBLEMS: ReadonlySet<ErrorCode> = new Set(['store.full', 'store.read-only', 'internal'])

/** Where this workstation stands: its key, and what is open under it. */
export async function startWorkstation(seams: WorkstationSeams, keychain: Keychain): Promise<Workstation> {
  const { options, clock, emit, logger } = seams
  const paths = workstationPaths(options.dataDir)
  const inTurn = createTurns() // locking and unlocking one after the other
  const state = {
    record: undefined as KeyRecord | undefined,
    closedPhase: 'locked' as Phase,
    problem: null as ErrorCode | null,
    opened: undefined as Opened | undefined,
    letGo: null as LetGo | null,
  }

  const describe = (): AppState => {
    const account = state.opened?.session.account()
    return {
      phase: phaseNow(),
      keyGuard: state.record?.guard ?? null,
      account: account === undefined ? null : { person: account.person, practice: account.practice },
      signInExpired: state.opened?.session.isExpired() ?? false,
      problem: state.opened === undefined ? state.problem : null,
      letGo: account === undefined ? state.letGo : null,
      serverUrl: options.serverUrl,
      demo: account?.demo ?? false,
      version: options.version,
    }
  }
  const phaseNow = (): Phase => {
    if (state.opened === undefined) return state.closedPhase
    const account = state.opened.session.account()
    if (account === undefined) return 'signed-out'
    return seesPatientData(account.person.roles) ? 'ready' : 'no-access'
  }
  const announce = (): AppState => {
    const now = describe()
    emit('app.state', now)
    return now
  }
  const open = (key: Buffer) => {
    try {
      state.opened = openWorkstation(seams, key, () => announce())
    } catch (cause) {
      key.fill(0)
      if (!(cause instanceof AppError) || cause.code !== 'store.passphrase') throw cause
      logger.warn('store.key-does-not-fit')
      state.closedPhase = 'no-key' // the record's key is not this store's: nothing is wiped
    }
  }
  const openByKeychain = async (record: KeyRecord & { guard: 'keychain' }) => {
    const key = await unlockWithKeychain(record, keychain).catch((cause: unknown) => {
      logger.error('keychain.unavailable', cause)
    })
    if (key === undefined) state.closedPhase = 'no-key'
    else open(key)
  }
  /** What keeps the store closed is shown on the screen that tries again; nothing here may end the process. */
  const notingProblem = async (work: () => Promise<void>) => {
    state.problem = null
    try {
      await work()
    } catch (cause) {
      const error = AppError.from(withDiskTrouble(cause))
      if (PROBLEMS.has(error.code)) state.problem = error.code
      if (error.code === 'internal') logger.error('store.not-opened', error.cause ?? error)
      else logger.warn('store.not-opened', { code: error.code })
      throw error
    } finally {
      announce()
    }
  }
  const begin = async () => {
    state.closedPhase = 'locked'
    try {
      state.record = await findKeyRecord(paths.keyRecord)
    } catch (cause) {
      if (diskTroubleOf(cause) !== undefined) throw cause
      logger.error('key-record.unreadable', cause)
      state.closedPhase = 'no-key' // it may be mended by hand; it is never overwritten
      return
    }
    if (state.record?.guard === 'keychain') return openByKeychain(state.record)
    if (state.record !== undefined) return
    if (existsSync(paths.store)) state.closedPhase = 'no-key'
    else if (await keychainWorks(keychain)) {
      const key = await createKeychainKey({ file: paths.keyRecord, clock }, keychain)
      state.record = await findKeyRecord(paths.keyRecord)
      open(key)
    } else state.closedPhase = 'choose-passphrase'
  }
  const begun = inTurn(() => notingProblem(begin).catch(() => {})) // it stands in the state
  // A keychain that first asks the person something must not keep the window empty: until then it is `locked`.
  await Promise.race([begun, sleep(READY_WITHIN_MS, null, { ref: false })])
  return {
    state: describe,
    opened: () => {
      if (state.opened === undefined) throw new AppError('store.locked')
      return state.opened
    },
    choosePassphrase: (passphrase) =>
      inTurn(async () => {
        if (state.opened !== undefined || state.closedPhase !== 'choose-passphrase') throw new AppError('auth.denied')
        const key = await createPassphraseKey({ file: paths.keyRecord, clock }, passphrase)
        state.record = await findKeyRecord(paths.keyRecord)
        state.closedPhase = 'locked'
        await notingProblem(async () => open(key))
        return describe()
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (state.opened !== undefined) return describe()
        const { record, problem } = state
        await notingProblem(async () => {
          if (record === undefined && problem !== null)
            await begin() // it did not get as far as a key
          else if (record === undefined) throw new AppError('store.locked')
          else if (record.guard === 'keychain') await openByKeychain(record)
          else if (passphrase === null) throw new AppError('store.passphrase')
          else open(await unlockWithPassphrase(record, passphrase))
        })
        return describe()
      }),
    lock: (onPurpose = true) =>
      inTurn(async () => {
        const { opened } = state
        if (opened === undefined) return describe()
        Object.assign(state, { opened: undefined, letGo: null }) // first: no call may reach the store any more
        state.closedPhase = 'locked'
        announce()
        if (onPurpose) state.letGo = await opened.letGo()
        await opened.close()
        return announce()
      }),
    signOut: () =>
      inTurn(async () => {
        const { opened } = state
        if (opened === undefined) throw new AppError('store.locked')
        state.letGo = await opened.letGo()
        await opened.presence.leave()
        opened.session.signOut()
        return describe()
      }),
  }
}
