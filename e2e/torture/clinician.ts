import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CallInput } from '../../preload/contract/ipc.ts'
import { type DataChild, spawnDataChild } from '../../electron/data/testing/data-child.ts'
import { chooseInBrowser } from '../../server/demo/testing/sign-in.ts'
import type { Ledger } from './ledger.ts'
import type { MortalServer } from './mortal-server.ts'
import { openKeyed, readKey } from './store-file.ts'
import type { Story } from './story.ts'

export const PASSPHRASE = 'tulip anvil marble harbour'
const HEAL_WITHIN_MS = 300_000
const READY_WITHIN_MS = 300_000

type Decision = CallInput<'review.decide'>
type Seams = {
  readonly server: MortalServer
  readonly dataDir: string
  readonly subject: string
  readonly ledger: Ledger
  readonly story: Story
}

/** One person's workstation: the real data process on its encrypted store, through all its deaths. */
export type Clinician = Awaited<ReturnType<typeof seatClinician>>

export async function seatClinician({ server, dataDir, subject, ledger, story }: Seams) {
  const spawn = async () => {
    const child = spawnDataChild({ dataDir, serverUrl: server.url, caFile: server.caFile })
    await soon(child.ready(), READY_WITHIN_MS, 'the workstation did not start')
    return child
  }
  const signIn = async (child: DataChild) => {
    const { url } = await child.call('session.signIn', null)
    const back = await chooseInBrowser(new URL(url), subject)
    const answer = await fetch(back)
    if (!answer.ok) throw new Error(`the workstation answered ${answer.status} to the browser`)
  }
  const first = await spawn()
  await first.call('app.choosePassphrase', { passphrase: PASSPHRASE })
  await signIn(first)
  const key = await readKey(dataDir, PASSPHRASE)
  const state: { child: DataChild | undefined; signIns: number } = { child: first, signIns: 0 }
  const current = (): DataChild => {
    if (state.child === undefined) throw new Error('the workstation is not running')
    return state.child
  }
  const waiting = async () => (await current().call('sync.status', null)).waitingCount

  /** A renewed sign-in is lost when the process is killed between the provider's answer and its own commit. */
  const ensureSignedIn = async () => {
    const { phase, signInExpired } = await current().call('app.state', null)
    if (phase === 'ready' && !signInExpired) return
    story.tell(`${subject} has to sign in again (${signInExpired ? 'expired' : phase})`)
    state.signIns += 1
    await signIn(current())
  }

  return {
    dataDir,
    key,
    /** Sign-ins that were needed again after the first one. */
    signIns: () => state.signIns,
    isUp: () => state.child !== undefined,
    /** @returns once it is answered or its process has ended */
    decide: async (args: Decision): Promise<void> => {
      ledger.asked.set(args.readId, args.sessionId)
      const child = current()
      try {
        await child.call('review.decide', args)
        ledger.acknowledged.add(args.readId)
      } catch (cause) {
        if (child === state.child) throw cause // alive and refusing: that is no crash
      }
    },
    sync: () =>
      void current()
        .call('sync.now', null)
        .catch(() => {}), // it may be killed before it answers
    kill: async () => {
      const child = current()
      state.child = undefined
      await child.kill()
    },
    /** @throws when the store does not open with the passphrase */
    start: async () => {
      const child = await spawn()
      const { phase } = await child.call('app.unlock', { passphrase: PASSPHRASE })
      if (phase !== 'ready' && phase !== 'signed-out') throw new Error(`the workstation came back as "${phase}"`)
      state.child = child
    },
    /** Killed so long after its start: while it opens the store or begins to sync. */
    startAndDie: async (afterMs: number) => {
      const child = spawnDataChild({ dataDir, serverUrl: server.url, caFile: server.caFile })
      const opened = child.ready().then(() => child.call('app.unlock', { passphrase: PASSPHRASE }))
      opened.catch(() => {}) // it is meant to die before the answer
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await child.kill()
    },
    ensureSignedIn,
    /** Reads that its screens show, over these sessions. */
    listShown: async (sessionIds: Iterable<string>): Promise<Set<string>> => {
      const shown = new Set<string>()
      for (const sessionId of sessionIds) {
        const { reads } = await current().call('review.open', { sessionId: sessionId as Decision['sessionId'] })
        for (const { read } of reads) shown.add(read.readId)
      }
      return shown
    },
    /** SQLite's own word on the files as a death left them; on a copy, so that the workstation still has to mend its own. */
    checkIntegrity: (): string => {
      const copy = mkdtempSync(path.join(tmpdir(), 'loupe-torture-copy-'))
      try {
        for (const name of ['store.db', 'store.db-wal'])
          if (existsSync(path.join(dataDir, name))) copyFileSync(path.join(dataDir, name), path.join(copy, name))
        const db = openKeyed(path.join(copy, 'store.db'), key)
        const word = db.prepare('PRAGMA integrity_check').pluck().all().join('; ')
        db.close()
        return word
      } finally {
        rmSync(copy, { recursive: true, force: true })
      }
    },
    /** Until nothing waits to be sent and everything is pulled. @throws when it takes too long */
    heal: async () => {
      const endMs = performance.now() + HEAL_WITHIN_MS
      for (;;) {
        await ensureSignedIn()
        await soon(current().call('sync.now', null), HEAL_WITHIN_MS, 'a round of sync did not end')
        const left = await waiting()
        const { connection, reason, lastSyncedAtMs } = await current().call('sync.status', null)
        if (left === 0 && connection === 'online' && lastSyncedAtMs !== null) return
        if (performance.now() > endMs)
          throw new Error(`${left} changes still wait (${connection}, ${reason ?? 'no reason'})`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    stop: async () => {
      if (state.child !== undefined) await state.child.stop()
    },
  }
}

async function soon<T>(wanted: Promise<T>, ms: number, otherwise: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(otherwise)), ms)
  try {
    return await Promise.race([wanted, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
