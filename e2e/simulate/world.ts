import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { PatientId, PersonId, PhotoHash, PracticeId, SessionId } from '../../server/contract/domain/ids.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { PersonPrincipal } from '../../server/http/handler.ts'
import { createPatient } from '../../server/modules/patients/service.ts'
import { registerPerson, registerPractice } from '../../server/modules/people/service.ts'
import { createSession } from '../../server/modules/scans/create-session.ts'
import { writeInPractice } from '../../server/modules/sync/service.ts'
import { objectKeys } from '../../server/platform/objects/objects.ts'
import { type Random, seededRandom } from '../torture/random.ts'
import { type Ledger, openLedger } from './checks/ledger.ts'
import { type Watch, watchStation } from './checks/each-step.ts'
import type { Machine } from './machine.ts'
import { createNetwork, type Network } from './network.ts'
import type { Plan } from './plan/steps.ts'
import { ids } from './seams/ids.ts'
import { beginTrace, type Trace } from './trace.ts'
import { createStation, type Station } from './workstation/station.ts'

const START_MS = Date.UTC(2026, 0, 5, 8)

export type SimPractice = {
  readonly id: PracticeId
  /** As they stand on the server. */
  readonly people: Person[]
  readonly patients: PatientId[]
  readonly sessions: SessionId[]
}

export type World = {
  readonly plan: Plan
  readonly machine: Machine
  readonly random: Random
  readonly trace: Trace
  readonly ledger: Ledger
  readonly network: Network
  readonly practices: SimPractice[]
  readonly stations: Station[]
  readonly watches: Watch[]
  /** Work inside the server that nobody waits for. */
  readonly startOnServer: (name: string, work: Parameters<Machine['server']['run']>[1]) => void
  readonly settle: () => Promise<void>
  readonly close: () => void
}

/** A server with its practices, and workstations that have just been unpacked. */
export async function openWorld(machine: Machine, plan: Plan, keepTrace: boolean): Promise<World> {
  const { server, time } = machine
  await machine.cluster.empty()
  const random = seededRandom(plan.seed + 1)
  time.reset(START_MS)
  server.reset()
  ids.begin(seededRandom(plan.seed + 2), () => time.nowMs())
  machine.seedMathRandom(seededRandom(plan.seed + 3))
  const trace = beginTrace(keepTrace)
  const ledger = openLedger()
  const network = createNetwork({ server, trace, pageRows: plan.scene.pageRows, onAnswer: ledger.onAnswer })
  const practices: SimPractice[] = []
  for (const practice of plan.scene.practices) practices.push(await setUpPractice(machine, practice))

  const folder = path.join(machine.folder, `run-${machine.nextRun()}`)
  mkdirSync(folder, { recursive: true })
  const signIns = { count: 0 }
  const stations = plan.scene.stations.map((station, n): Station => {
    const practice = practices[station.practice]
    if (practice === undefined) throw new Error('a workstation of no practice')
    const people = station.people.flatMap((index) => practice.people[index] ?? []) as [Person, ...Person[]] // the plan gives each at least one
    return createStation(
      {
        name: `w${n + 1}`,
        practiceId: practice.id,
        folder,
        template: machine.templateStore,
        key: machine.key,
        time,
        network,
        signIn: ({ id }) => {
          signIns.count += 1
          const authorization = `Bearer ${id}-${signIns.count}`
          server.tokens.set(authorization, principalOf(practice, id))
          return authorization
        },
        onFault: (cause) => ledger.violate('no fault of the workstation', describe(cause)),
      },
      people,
    )
  })
  const world: World = {
    plan,
    machine,
    random,
    trace,
    ledger,
    network,
    practices,
    stations,
    watches: stations.map((station) => watchStation(station, ledger)),
    startOnServer: (name, work) => {
      server.run(name, work).catch((cause: unknown) => {
        if (!isEndOfServer(cause)) ledger.violate('no fault of the server', `${name}: ${describe(cause)}`)
      })
    },
    settle: async () => {
      await server.gate.settle()
      for (const cause of server.faults.splice(0)) {
        if (!isEndOfServer(cause)) ledger.violate('no fault of the server', describe(cause))
      }
    },
    close: () => {
      for (const station of stations) station.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  for (const [n, station] of stations.entries()) {
    const { first = [], crash } = plan.scene.stations[n] ?? {}
    station.state.fates.pull = [...first]
    station.start(crash)
    await world.settle()
  }
  return world
}

async function setUpPractice(
  machine: Machine,
  wanted: { people: number; patients: number; scans: number },
): Promise<SimPractice> {
  const { deps } = machine.server
  const id = PracticeId.parse(ids.next())
  await registerPractice(deps, { id, name: 'A practice' })
  const people: Person[] = []
  for (let n = 0; n < wanted.people; n += 1) {
    const person: Person = {
      id: PersonId.parse(ids.next()),
      displayName: `Person ${n}`,
      roles: n === 0 ? ['clinician', 'practice_admin'] : ['clinician'],
      active: true,
    }
    await registerPerson(deps, id, person, { issuer: 'https://issuer.simulated', subject: person.id })
    people.push(person)
  }
  const patients = Array.from({ length: wanted.patients }, () => PatientId.parse(ids.next()))
  await writeInPractice(deps, id, async (tx, feed) => {
    for (const [n, patientId] of patients.entries()) {
      await createPatient(tx, feed, id, {
        id: patientId,
        reference: `R${n}`,
        givenName: 'Given',
        familyName: `Family ${n}`,
        birthDate: null,
        treatmentType: 'aligners',
        alignerBrand: null,
        currentStage: 4,
        totalStages: 20,
        scanFrequencyDays: 14,
        status: 'active',
        doctorId: null,
      })
    }
  })
  const practice: SimPractice = { id, people, patients, sessions: [] }
  for (let n = 0; n < wanted.scans; n += 1) await publishScan(machine, practice, n)
  return practice
}

/** A scan with one photo, sent and verified: from the moment of its session on this is the server's own code. */
export async function publishScan(machine: Machine, practice: SimPractice, patient: number): Promise<void> {
  const { deps, processPhotos, objects } = machine.server
  const [caller] = practice.people
  const patientId = practice.patients[patient % practice.patients.length]
  if (caller === undefined || patientId === undefined) throw new Error('a practice without people or patients')
  const sessionId = SessionId.parse(ids.next())
  const bytes = new TextEncoder().encode(`photo of ${sessionId}`)
  const hash = PhotoHash.parse(createHash('sha256').update(bytes).digest('hex'))
  await objects.put(objectKeys.original(practice.id, hash), bytes, 'image/jpeg')
  await createSession(deps, principalOf(practice, caller.id), {
    sessionId,
    patient: { id: patientId },
    capturedOn: '2026-01-04',
    stage: 4,
    aligners: 'in',
    images: [{ view: 'frontal', hash, mirrored: 'none' }],
  })
  await processPhotos()
  practice.sessions.push(sessionId)
}

export function principalOf(practice: SimPractice, personId: string): PersonPrincipal {
  const person = practice.people.find(({ id }) => id === personId)
  if (person === undefined) throw new Error('nobody of this practice')
  return { kind: 'person', practiceId: practice.id, personId: person.id, roles: person.roles }
}

export function isEndOfServer(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return (
    (cause as { code?: unknown }).code === 'ECONNRESET' || (cause.cause !== undefined && isEndOfServer(cause.cause))
  )
}

export function describe(cause: unknown): string {
  return cause instanceof Error
    ? `${cause.stack ?? cause.message}${cause.cause === undefined ? '' : ` <- ${describe(cause.cause)}`}`
    : String(cause)
}
