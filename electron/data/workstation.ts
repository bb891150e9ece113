import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppState, Phase } from '../../preload/contract/app-state.ts'
import { seesPatientData } from '../../server/contract/domain/roles.ts'
import { AppError } from '../../server/contract/errors.ts'
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
  lock(): Promise<AppState>
}

const READY_WITHIN_MS = 2000

/** Where this workstation stands: its key, and what is open under it. */
export async function startWorkstation(seams: WorkstationSeams, keychain: Keychain): Promise<Workstation> {
  const { options, clock, emit, logger } = seams
  const paths = workstationPaths(options.dataDir)
  const inTurn = createTurns() // locking and unlocking one after the other
  const state = {
    record: undefined as KeyRecord | undefined,
    closedPhase: 'locked' as Phase,
    opened: undefined as Opened | undefined,
  }

  const describe = (): AppState => {
    const account = state.opened?.session.account()
    return {
      phase: phaseNow(),
      keyGuard: state.record?.guard ?? null,
      account: account === undefined ? null : { person: account.person, practice: account.practice },
      signInExpired: state.opened?.session.isExpired() ?? false,
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
    try {
      const key = await unlockWithKeychain(record, keychain)
      if (key === undefined) state.closedPhase = 'no-key'
      else open(key)
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      logger.error('keychain.unavailable', cause)
      state.closedPhase = 'no-key'
    }
  }
  const begin = async () => {
    try {
      state.record = await findKeyRecord(paths.keyRecord)
    } catch (cause) {
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
  const begun = inTurn(begin)
  // A keychain that first asks the person something must not keep the window empty: until then it is `locked`.
  await Promise.race([begun, sleep(READY_WITHIN_MS, null, { ref: false })])
  void begun.then(announce)
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
        open(key)
        return announce()
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (state.opened !== undefined) return describe()
        if (state.record?.guard === 'keychain') await openByKeychain(state.record)
        else if (state.record === undefined) throw new AppError('store.locked')
        else if (passphrase === null) throw new AppError('store.passphrase')
        else open(await unlockWithPassphrase(state.record, passphrase))
        return announce()
      }),
    lock: () =>
      inTurn(async () => {
        const { opened } = state
        if (opened === undefined) return describe()
        state.opened = undefined // first: no call may reach the store any more
        state.closedPhase = 'locked'
        announce()
        await opened.close()
        return describe()
      }),
  }
}
