import path from 'node:path'
import { type DataChild, spawnDataChild } from '../../electron/data/testing/data-child.ts'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import { chooseInBrowser } from '../../server/demo/testing/sign-in.ts'
import type { MortalServer } from '../torture/mortal-server.ts'

/** On a machine that does much else. */
const WITHIN_MS = 120_000
const PASSPHRASE = 'tulip anvil marble harbour'

/** One clinician at a computer of their own: the real data process, on its own encrypted store. */
export type Seat = Awaited<ReturnType<typeof takeSeat>>

/** @param grace `graceMs` as in spawnDataChild: a moment when it is left out, null for what the practice's rules say */
export async function takeSeat(
  server: MortalServer,
  folder: string,
  subject: string,
  grace: { readonly graceMs?: number | null } = {},
) {
  const at = { dataDir: path.join(folder, subject), serverUrl: server.url, caFile: server.caFile, ...grace }
  const start = async (before?: string, env?: NodeJS.ProcessEnv): Promise<DataChild> => {
    const child = spawnDataChild({ ...at, ...(before !== undefined && { before }), ...(env !== undefined && { env }) })
    await child.ready()
    return child
  }
  const state = { child: await start() }
  await state.child.call('app.choosePassphrase', { passphrase: PASSPHRASE })
  const { url } = await state.child.call('session.signIn', null)
  await fetch(await chooseInBrowser(new URL(url), subject))

  const status = (): Promise<SyncStatus> => state.child.call('sync.status', null)
  /** Rounds of sync until it looks so. */
  const until = async (isSo: (status: SyncStatus) => boolean | Promise<boolean>) => {
    const endMs = performance.now() + WITHIN_MS
    while (!(await isSo(await status()))) {
      if (performance.now() > endMs) throw new Error(`${subject} waits in vain: ${JSON.stringify(await status())}`)
      await state.child.call('sync.now', null)
      await new Promise((resolve) => setTimeout(resolve, 50)) // between two questions, not for anything to happen
    }
  }
  return {
    call: ((name, input) => state.child.call(name, input)) as DataChild['call'],
    status,
    until,
    decide: (read: RecordRead) => state.child.call('review.decide', read),
    open: (scan: Pick<ScanSession, 'id'>) => state.child.call('review.open', { sessionId: scan.id }),
    /** Everything sent that may be sent, and everything pulled. */
    inStep: () => until(({ waitingCount, connection }) => waitingCount === 0 && connection === 'online'),
    /** Closed and started again, perhaps under another clock. */
    restart: async (before?: string, env?: NodeJS.ProcessEnv) => {
      await state.child.stop()
      state.child = await start(before, env)
      await state.child.call('app.unlock', { passphrase: PASSPHRASE })
    },
    /** Killed at once, and started again from what is on the disk. */
    die: async () => {
      await state.child.kill()
      state.child = await start()
      await state.child.call('app.unlock', { passphrase: PASSPHRASE })
    },
    unlock: () => state.child.call('app.unlock', { passphrase: PASSPHRASE }),
    leave: () => state.child.stop(),
  }
}
