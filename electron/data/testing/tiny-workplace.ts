import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Person } from '../../../server/contract/domain/people.ts'
import { aPatient, aPerson, aSession } from '../../store/testing.ts'
import { type DataChild, spawnDataChild } from './data-child.ts'
import { startTinyPractice } from './tiny-practice.ts'

export const PASSPHRASE = 'correct horse battery'

export type Place = {
  /** Where the workstation finds its server; the server's own address when nothing stands between. */
  readonly through?: (serverUrl: string) => Promise<string>
  /** Its folder; one of its own, removed at the end, when none is given. */
  readonly dataDir?: string
  /** A module that is loaded before the workstation's own, and what it is told. */
  readonly before?: string
  readonly env?: NodeJS.ProcessEnv
  /** See spawnDataChild, as for the next. */
  readonly entry?: string
  readonly graceMs?: number | null
  /** See DataOptions. */
  readonly leaveMs?: number
}

/** One computer of a small practice: its folder, its server, two clinicians and twelve scans. */
export async function openTinyWorkplace(where: Place = {}) {
  const alma = aPerson('Dr Alma Reyes')
  const jonas = aPerson('Dr Jonas Adler')
  const patient = aPatient()
  const sessions = Array.from({ length: 12 }, (_, index) =>
    aSession(patient.id, { capturedOn: `2026-05-${String(index + 1).padStart(2, '0')}` }),
  )
  const rows = [
    ...[alma, jonas].map((body) => ({ entity: 'person' as const, id: body.id, body })),
    { entity: 'patient' as const, id: patient.id, body: patient },
    ...sessions.map((body) => ({ entity: 'session' as const, id: body.id, body })),
  ]
  const server = await startTinyPractice([alma, jonas], rows, sessions)
  const serverUrl = (await where.through?.(server.url)) ?? server.url
  const dataDir = where.dataDir ?? mkdtempSync(path.join(tmpdir(), 'loupe-data-'))
  const running = new Set<DataChild>()

  const spawn = (env: NodeJS.ProcessEnv = {}): DataChild => {
    const entry = where.entry === undefined ? {} : { entry: where.entry }
    const before = where.before === undefined ? {} : { before: where.before }
    const graceMs = where.graceMs === undefined ? {} : { graceMs: where.graceMs }
    const leaveMs = where.leaveMs === undefined ? {} : { leaveMs: where.leaveMs }
    const child = spawnDataChild({
      dataDir,
      serverUrl,
      caFile: server.caFile,
      env: { ...where.env, ...env },
      ...entry,
      ...before,
      ...graceMs,
      ...leaveMs,
    })
    running.add(child)
    void child.exited.then(() => running.delete(child))
    return child
  }
  const start = async (env: NodeJS.ProcessEnv = {}): Promise<DataChild> => {
    const child = spawn(env)
    await child.ready()
    return child
  }
  /** Started again after an end of any kind: the store opens with the passphrase. */
  const restart = async (): Promise<DataChild> => {
    const child = await start()
    await child.call('app.unlock', { passphrase: PASSPHRASE })
    return child
  }
  const signIn = async (child: DataChild, person: Person) => {
    const { url } = await child.call('session.signIn', null)
    await server.signIn(url, person)
  }
  return {
    alma,
    jonas,
    patient,
    sessions,
    server,
    dataDir,
    /** Not waiting until it is ready. */
    spawn,
    start,
    restart,
    signIn,
    /** First start of this computer, with somebody signed in and the whole feed here. */
    begin: async (person: Person): Promise<DataChild> => {
      const child = await start()
      await child.call('app.choosePassphrase', { passphrase: PASSPHRASE })
      await signIn(child, person)
      await child.until(async () => (await child.call('sync.status', null)).lastSyncedAtMs !== null)
      return child
    },
    close: async () => {
      await Promise.all([...running].map((child) => child.kill()))
      server.stop()
      if (where.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
