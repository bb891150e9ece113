import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ScanSession } from '../../server/contract/domain/sessions.ts'
import { ROOT } from '../support/practice.ts'
import { runProgram } from '../support/process.ts'
import { type Clinician, seatClinician } from './clinician.ts'
import { type Deciding, startDeciding } from './deciding.ts'
import { findMissing, judge, type Ledger, openLedger } from './ledger.ts'
import { type MortalServer, startMortalServer } from './mortal-server.ts'
import type { Options } from './options.ts'
import { type Random, seededRandom } from './random.ts'
import { answerBeforeCommit, loseRow } from './sabotage.ts'
import { pullFeed } from './server-truth.ts'
import { writeManifest } from './sessions.ts'
import type { Story } from './story.ts'

const PRACTICE = 'Northside Orthodontics'
const VICTIMS = ['workstation', 'server', 'postgres'] as const
type Victim = (typeof VICTIMS)[number]

export type Outcome = {
  readonly kills: Readonly<Record<Victim, number>>
  readonly acknowledged: number
  readonly unanswered: number
  readonly lost: string[]
  readonly doubled: string[]
  readonly wrong: string[]
  readonly signInsAgain: number
}
type Scene = {
  readonly options: Options
  readonly random: Random
  readonly story: Story
  readonly ledger: Ledger
  readonly server: MortalServer
  readonly clinician: Clinician
  readonly sessions: readonly ScanSession[]
  readonly deciding: Deciding
  readonly kills: Record<Victim, number>
}

/** Decides, kills, restarts and checks until the kills are done; then heals and compares with the server. */
export async function runTorture(options: Options, story: Story, stopping: AbortSignal): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'loupe-torture-'))
  const toStop: (() => Promise<unknown>)[] = []
  try {
    const scene = await setScene(folder, options, story, (stop) => toStop.unshift(stop))
    while (killsOf(scene) < options.kills) {
      stopping.throwIfAborted()
      await killOne(scene)
      await checkWorkstation(scene)
    }
    await scene.deciding.stop()
    return await judgeAll(scene, folder, (stop) => toStop.unshift(stop))
  } finally {
    for (const stop of toStop)
      await stop().catch((cause: unknown) => story.tell(`could not be stopped: ${String(cause)}`))
    await rm(folder, { recursive: true, force: true })
  }
}

type OnEnd = (stop: () => Promise<unknown>) => void

async function setScene(folder: string, options: Options, story: Story, onEnd: OnEnd): Promise<Scene> {
  const random = seededRandom(options.seed)
  const ledger = openLedger()
  const server = await startMortalServer(path.join(folder, 'practice'))
  onEnd(async () => (server.isUp() ? server.end() : undefined))
  await sendSessions(server, await writeManifest(path.join(folder, 'photos')))
  const sessions = (await pullFeed(server, 'jonas.adler'))
    .filter((op) => op.entity === 'session' && op.op === 'put')
    .map((op) => ScanSession.parse(op.body))
  const dataDir = path.join(folder, 'workstation')
  const clinician = await seatClinician({ server, dataDir, subject: 'alma.reyes', ledger, story })
  onEnd(() => clinician.stop())
  await clinician.heal()
  const newest = [...new Map(sessions.map((session) => [session.id, session])).values()]
  story.tell(`${newest.length} sessions are on the workstation; seed ${options.seed}`)
  const deciding = startDeciding({ clinician, sessions: newest, random: seededRandom(options.seed + 1), story })
  onEnd(() => deciding.stop())
  const kills = { workstation: 0, server: 0, postgres: 0 }
  return { options, random, story, ledger, server, clinician, sessions: newest, deciding, kills }
}

async function sendSessions(server: MortalServer, manifest: string): Promise<void> {
  const flags = ['--server', server.url, '--ca', server.caFile, '--data', server.dataDir, '--practice', PRACTICE]
  const run = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
  const code = await run.exited
  if (code !== 0) throw new Error(`the intake ended with ${code ?? 'a signal'}:\n${run.log().slice(-2000)}`)
}

async function killOne(scene: Scene): Promise<void> {
  const { random, deciding, clinician, options } = scene
  const victim = options.sabotage === 'none' ? random.pick(VICTIMS) : 'workstation'
  await pause(random.between(100, 1200))
  // In the thick of it: several decisions on their way to the disk, and a push to the server.
  if (random.next() < 0.7) deciding.burst(random.between(2, 6))
  if (random.next() < 0.5) clinician.sync()
  await pause(random.between(0, victim === 'workstation' ? 25 : 80))
  if (options.sabotage === 'lose-row') await deciding.answered() // something must be there to be lost
  countKill(scene, victim, 'at work')
  await KILLS[victim](scene)
  clinician.sync()
}

const KILLS: Readonly<Record<Victim, (scene: Scene) => Promise<void>>> = {
  workstation: async (scene) => {
    const { clinician, ledger, options, sessions, random, story } = scene
    await clinician.kill()
    if (options.sabotage === 'lose-row') story.tell(`sabotage: a row taken away: ${String(loseRow(clinician, ledger))}`)
    if (options.sabotage === 'answer-before-commit') answerBeforeCommit(ledger, random.pick(sessions).id)
    if (mayDieTwice(scene)) {
      countKill(scene, 'workstation', 'while it starts')
      await clinician.startAndDie(random.between(0, 2500))
    }
    const integrity = clinician.checkIntegrity()
    if (integrity !== 'ok') throw new Error(`integrity_check: ${integrity}`)
    await clinician.start()
    await clinician.ensureSignedIn()
  },
  server: async (scene) => {
    const { server, clinician, random } = scene
    await server.kill()
    await pause(random.between(0, 300))
    if (mayDieTwice(scene)) {
      countKill(scene, 'server', 'while it starts')
      await server.startAndDie(random.between(0, 3000))
    }
    await server.start()
    await clinician.ensureSignedIn()
  },
  postgres: async ({ server, clinician, random, story }) => {
    await server.killPostgres()
    await pause(random.between(0, 500))
    const then = random.next()
    if (then < 1 / 3) return story.tell('the server is left to start its database again')
    if (then < 2 / 3) await server.kill()
    else story.tell(`the server without its database ended ${await server.end()}`)
    await server.start()
    await clinician.ensureSignedIn()
  },
}

/** Every fifth death is followed by another one in the middle of the restart. */
function mayDieTwice(scene: Scene): boolean {
  return scene.random.next() < 0.2 && killsOf(scene) < scene.options.kills
}

function countKill(scene: Scene, victim: Victim, when: string): void {
  const { kills, options, ledger, story } = scene
  kills[victim] += 1
  story.tell(`kill ${killsOf(scene)} of ${options.kills}: ${victim} ${when} (${ledger.acknowledged.size} acknowledged)`)
}

/** Everything that was acknowledged until now is on the screens. */
async function checkWorkstation(scene: Scene): Promise<void> {
  const { clinician, ledger, sessions, story } = scene
  const promised = { ...ledger, acknowledged: new Set(ledger.acknowledged) } // more come while we look
  const missing = findMissing(promised, await clinician.listShown(sessions.map(({ id }) => id)))
  if (missing.length === 0) return
  story.tell(`LOST on the workstation: ${missing.join(', ')}`)
  throw new LostError(missing, promised.acknowledged.size, scene.kills)
}

export class LostError extends Error {
  readonly readIds: readonly string[]
  readonly acknowledged: number
  readonly kills: Outcome['kills']
  constructor(readIds: readonly string[], acknowledged: number, kills: Outcome['kills']) {
    super(`${readIds.length} acknowledged decisions are not on the workstation after a restart`)
    this.readIds = readIds
    this.acknowledged = acknowledged
    this.kills = kills
  }
}

async function judgeAll(scene: Scene, folder: string, onEnd: OnEnd): Promise<Outcome> {
  const { clinician, server, ledger, story, sessions } = scene
  await clinician.heal()
  const verdict = judge(ledger, await pullFeed(server, 'jonas.adler'))
  const dataDir = path.join(folder, 'second-workstation')
  const second = await seatClinician({ server, dataDir, subject: 'jonas.adler', ledger: openLedger(), story })
  onEnd(() => second.stop())
  await second.heal()
  const ids = sessions.map(({ id }) => id)
  const [here, there] = [await clinician.listShown(ids), await second.listShown(ids)]
  const differ = [...here].filter((id) => !there.has(id)).length + [...there].filter((id) => !here.has(id)).length
  const wrong = [...verdict.wrong, ...(differ === 0 ? [] : [`two workstations differ in ${differ} reads`])]
  const lost = new Set([...verdict.lost, ...findMissing(ledger, here), ...findMissing(ledger, there)])
  return {
    kills: scene.kills,
    acknowledged: ledger.acknowledged.size,
    unanswered: ledger.asked.size - ledger.acknowledged.size,
    lost: [...lost],
    doubled: verdict.doubled,
    wrong: [...wrong, ...scene.deciding.refusals()],
    signInsAgain: clinician.signIns(),
  }
}

function killsOf({ kills }: Scene): number {
  return kills.workstation + kills.server + kills.postgres
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
