import { write } from '../../electron/store/db.ts'
import { silentLogger } from '../../electron/platform/logger.ts'
import { letGo } from '../../electron/sync/let-go.ts'
import { changePatientLocally } from '../../electron/sync/change-patient.ts'
import { confirmLocally, discardLocally, retryLocally } from '../../electron/sync/attend.ts'
import { decideLocally, findTakeBack, HOLD_BACK_MS, takeBackLocally } from '../../electron/sync/decide.ts'
import { ActionId, PatientId, ReadId, type SecondReadId } from '../../server/contract/domain/ids.ts'
import { mayCorrect } from '../../server/contract/domain/corrections.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { Action, Read, RecordRead } from '../../server/contract/domain/reads.ts'
import { standingReads } from '../../server/contract/domain/reads.ts'
import { mayDecide } from '../../server/contract/domain/roles.ts'
import { type ActionTaken, isPatientFacing } from '../../server/contract/domain/tags.ts'
import { AppError } from '../../server/contract/errors.ts'
import { registerPerson } from '../../server/modules/people/service.ts'
import { withdrawSession } from '../../server/modules/scans/withdraw.ts'
import { prune } from '../../server/modules/sync/prune.ts'
import { listAttentionEntries } from '../../electron/store/attention/attention-entries.ts'
import { findOffered, listSecondReads, openSeconds } from '../../electron/store/practice/second-reads.ts'
import { viewSession, winnerOf } from '../../electron/store/review/session-view.ts'
import { findSession } from '../../electron/store/sessions/sessions.ts'
import { changePractice } from './change-practice.ts'
import { type Decided, DECISIONS, Violation } from './checks/ledger.ts'
import type { Step } from './plan/steps.ts'
import { ids } from './seams/ids.ts'
import { Crashed } from './workstation/disk.ts'
import { showPhoto } from './show-photo.ts'
import type { Station } from './workstation/station.ts'
import { principalOf, publishScan, type World } from './world.ts'

/** Does one step, and lets everything follow from it that follows by itself. */
export async function execute(world: World, step: Step): Promise<void> {
  world.trace.note(JSON.stringify(step))
  await STEPS[step.do](world, step as never) // the table pairs each step with its own
  await world.settle()
  await raiseTheDead(world)
}

/** A process that ended is started again at once: what it left on the disk is all that it knows. */
export async function raiseTheDead(world: World): Promise<void> {
  for (const station of world.stations) {
    if (!station.isDead()) {
      station.crashAt(undefined)
      continue
    }
    station.state.fates = { push: [], pull: [], photos: [] }
    station.restart()
    adopt(world, station)
    await world.settle()
  }
}

type Of<D extends Step['do']> = Extract<Step, { do: D }>
const STEPS: { readonly [D in Step['do']]: (world: World, step: Of<D>) => Promise<void> | void } = {
  decide: (world, { at, scan, kind, crash }) => {
    const station = stationAt(world, at)
    station.crashAt(crash)
    decide(world, station, scan, kind)
  },
  'take-back': (world, { at }) => {
    const station = stationAt(world, at)
    station.inside(({ engine }) => {
      const db = station.db()
      const found = findTakeBack(db, station.state.person.id, station.clock.nowMs())
      if (found === null) return
      tolerate(() => {
        write(db, (tx) => takeBackLocally(tx, found.readId, station.state.person.id))
        const one = [...world.ledger.decided.values()].find(({ readId }) => readId === found.readId)
        if (one !== undefined) one.takenBack = true
        engine.queued()
      })
    })
  },
  sync: (world, { at, push, pull, crash }) => {
    const station = stationAt(world, at)
    station.state.fates = { ...station.state.fates, push: [...push], pull: [...pull] }
    station.crashAt(crash)
    station.inside(({ engine }) => void engine.now())
  },
  wait: async (world, { ms, crash }) => {
    if (crash !== undefined) stationAt(world, crash.at).crashAt(crash)
    await passTime(world, ms)
  },
  crash: (world, { at }) => stationAt(world, at).disk().kill(),
  switch: async (world, { at, person }) => {
    const station = stationAt(world, at)
    // Who was here leaves on purpose: what they decided waits no longer, and is sent if the line lets it.
    station.inside(
      ({ engine, grace, disk }) =>
        void letGo({ db: disk.db, grace, sync: engine, logger: silentLogger }, station.state.person.id),
    )
    await world.settle()
    if (station.isDead()) return
    signIn(world, station, station.people[person % station.people.length])
  },
  clock: (world, { at, byMs }) => void (stationAt(world, at).state.clockMs += byMs),
  cable: (world, { at, cut }) => {
    const station = stationAt(world, at)
    station.state.cut = cut
    station.state.socketUp = !cut
  },
  'sign-in': (world, { at, over }) => {
    const station = stationAt(world, at)
    if (over) station.state.signInOver.add(station.state.person.id)
    else signIn(world, station, station.state.person)
  },
  release: (world, { held }) => {
    const all = world.network.held()
    if (all.length > 0) all[held % all.length]?.release()
  },
  stale: (world, { request }) => {
    const count = world.network.staleCount()
    if (count > 0)
      void world.network
        .arriveStale(request % count)
        ?.catch((cause: unknown) => world.ledger.violate('no fault of the server', String(cause)))
  },
  restart: (world) => world.machine.server.gate.killAll(),
  scan: (world, { practice, patient }) => {
    const one = world.practices[practice]
    if (one !== undefined) world.startOnServer('device', () => publishScan(world.machine, one, patient))
  },
  role: (world, { practice, person, clinician }) => {
    const one = world.practices[practice]
    if (one === undefined) return
    const index = person % one.people.length
    const before = one.people[index]
    if (before === undefined) return
    world.startOnServer('role', async (deps) => {
      const others = before.roles.filter((role) => role === 'practice_admin')
      const after: Person = { ...before, roles: [clinician ? 'clinician' : 'staff', ...others] }
      await registerPerson(deps, one.id, after, { issuer: 'https://issuer.simulated', subject: after.id })
      one.people[index] = after
      for (const [token, principal] of world.machine.server.tokens)
        if (principal.personId === after.id)
          world.machine.server.tokens.set(token, { ...principal, roles: after.roles })
    })
  },
  attend: (world, { at, entry, how }) => attend(world, stationAt(world, at), entry, how),
  patient: (world, { at, patient, stage, crash }) => {
    const station = stationAt(world, at)
    station.crashAt(crash)
    changePatient(world, station, patient, stage)
  },
  practice: (world, { at, work, number, crash }) => {
    const station = stationAt(world, at)
    station.crashAt(crash)
    station.inside(({ engine }) => {
      tolerate(() => {
        changePractice(station, work, number)
        engine.queued()
      })
      if (!station.isDead()) adopt(world, station)
    })
  },
  withdraw: (world, { practice, scan }) => {
    const one = world.practices[practice]
    const sessionId = one?.sessions[scan % one.sessions.length]
    const caller = one?.people[0]
    if (one === undefined || sessionId === undefined || caller === undefined) return
    world.ledger.withdrawn.add(sessionId)
    world.startOnServer('withdrawal', async (deps) => {
      await withdrawSession(deps, principalOf(one, caller.id), sessionId, 'of another patient')
    })
  },
  away: (world, { days }) => {
    const { time } = world.machine
    time.moveTo(time.nowMs() + days * DAY_MS)
    world.startOnServer('nightly', async (deps) => {
      const mine = { ...deps.database, listPracticeIds: async () => world.practices.map(({ id }) => id) }
      await prune({ ...deps, database: mine }, time.nowMs())
    })
  },
  show: async (world, { at, photo, fates, crash }) => {
    const station = stationAt(world, at)
    station.state.fates.photos = [...fates]
    station.crashAt(crash)
    await showPhoto(world, station, photo)
  },
  damage: (world, { at, row }) => damage(world, stationAt(world, at), row),
  disk: (world, { at, full }) => stationAt(world, at).setDiskFull(full),
  version: (world, { at, old }) => void (stationAt(world, at).state.protocol = old ? 1 : undefined),
}

/** Timers go off in their order, each with all that follows from it. */
export async function passTime(world: World, ms: number): Promise<void> {
  const { time } = world.machine
  const untilMs = time.nowMs() + ms
  const atMost = SOME_RINGS + (world.stations.length * ms) / RESTLESS_MS
  let rings = 0
  for (let ring = time.findDue(untilMs); ring !== undefined; ring = time.findDue(untilMs)) {
    rings += 1
    if (rings > atMost) throw new Violation('a workstation at rest rests', `${rings} timers in ${ms} ms`)
    ring()
    await world.settle()
    await raiseTheDead(world)
  }
  time.moveTo(untilMs)
}

/** Back-offs and polls are seconds apart: more timers than one in this time go round in a circle. */
const RESTLESS_MS = 200
const SOME_RINGS = 100

export function signIn(world: World, station: Station, person: Person | undefined): void {
  if (person === undefined) return
  const { state } = station
  const practice = world.practices.find(({ id }) => id === station.practiceId)
  state.person = practice?.people.find(({ id }) => id === person.id) ?? person
  state.signInOver.delete(person.id)
  state.authorization.delete(person.id)
  station.inside(({ engine }) => void engine.now())
}

function stationAt(world: World, at: number): Station {
  const station = world.stations[at % world.stations.length]
  if (station === undefined) throw new Error('a run without workstations')
  return station
}

function decide(world: World, station: Station, scan: number, kind: number): void {
  station.inside(({ engine, grace }) => {
    const db = station.db()
    const sessions = db.prepare<[], { id: string }>('SELECT id FROM session ORDER BY submitted_at_ms, id').all()
    const found = sessions[scan % Math.max(1, sessions.length)]
    const session = found === undefined ? undefined : findSession(db, found.id)
    if (session === undefined) return
    const { person } = station.state
    const { reads, actions } = viewSession(db, session)
    const second = findOffered(openSeconds(listSecondReads(db, session.id), reads), {
      personId: person.id,
      mayDecide: mayDecide(person.roles),
      nowMs: station.clock.nowMs(),
    })
    const action = ACTIONS[kind % ACTIONS.length] ?? { kind: 'none' }
    const purpose = purposeOf(reads, person.id, kind)
    const args: RecordRead = {
      readId: ReadId.parse(ids.next()),
      actionId: ActionId.parse(ids.next()),
      sessionId: session.id,
      sessionVersion: session.version,
      overallTracking: ((kind % 3) + 1) as 1 | 2 | 3,
      alignerFit: 1,
      oralHygiene: 2,
      aligners: 'in',
      detailTags: [],
      action,
      notes: '',
      aiSuggested: false,
      aiOverridden: false,
      ...(second === undefined ? { ...purpose, ...correctionOf(actions, action, purpose, person) } : blind(second.id)),
      readAtMs: station.clock.nowMs(),
    }
    tolerate(() => {
      grace.keepPace()
      // A moment: more leaves in one run than with the time that a practice gives its people.
      write(db, (tx) => decideLocally(tx, args, { person, nowMs: station.clock.nowMs(), graceMs: HOLD_BACK_MS }))
      engine.queued()
    })
    if (!station.isDead()) adopt(world, station)
  })
}

function blind(secondReadId: SecondReadId): Partial<RecordRead> & Pick<RecordRead, 'supersedes' | 'adjudicates'> {
  return { secondReadId, action: { kind: 'none' }, supersedes: null, adjudicates: [] }
}

/** A person's own earlier read is replaced, two others' settled, or neither. */
function purposeOf(
  reads: readonly Read[],
  personId: string,
  kind: number,
): Pick<RecordRead, 'supersedes' | 'adjudicates'> {
  const standing = standingReads(reads)
  const own = standing.find((read) => read.readerId === personId)
  if (own !== undefined && kind % 5 < 3) return { supersedes: own.readId, adjudicates: [] }
  const [first, second] = standing.filter((read) => read.readerId !== personId)
  if (first !== undefined && second !== undefined && first.readerId !== second.readerId && kind % 2 === 0)
    return { supersedes: null, adjudicates: [first.readId, second.readId] }
  return { supersedes: null, adjudicates: [] }
}

/** Of the action that stands in this view, wherever the rule lets them: in three of four, so that others come second. */
function correctionOf(
  actions: readonly Action[],
  action: ActionTaken,
  purpose: Pick<RecordRead, 'supersedes' | 'adjudicates'>,
  person: Person,
): Pick<RecordRead, 'corrects'> {
  const stands = winnerOf(actions)
  if (stands === undefined || !isPatientFacing(action.kind) || !mayCorrect(purpose, stands, person.id)) return {}
  return actions.length % 4 === 3 ? {} : { corrects: { actionId: stands.id, reason: 'Looked again' } }
}

const ACTIONS: readonly ActionTaken[] = [
  { kind: 'approve_progression', toStage: 5 },
  { kind: 'none' },
  { kind: 'hold_aligner', days: 7 },
  { kind: 'message_patient', text: 'Please wear them longer' },
]

const DAY_MS = 86_400_000

function changePatient(world: World, station: Station, patient: number, stage: number): void {
  station.inside(({ engine }) => {
    const db = station.db()
    const all = db.prepare<[], { id: string }>('SELECT id FROM patient ORDER BY id').all()
    const found = all[patient % Math.max(1, all.length)]
    if (found === undefined) return
    const set = stage % 2 === 0 ? { currentStage: stage } : { currentStage: stage, status: 'paused' as const }
    const by = { person: station.state.person, nowMs: station.clock.nowMs() }
    tolerate(() => {
      write(db, (tx) => changePatientLocally(tx, { patientId: PatientId.parse(found.id), set }, by))
      engine.queued()
    })
    if (!station.isDead()) adopt(world, station)
  })
}

function attend(world: World, station: Station, entry: number, how: 'retry' | 'discard' | 'confirm'): void {
  station.inside(({ engine, grace }) => {
    const db = station.db()
    const by = { person: station.state.person, nowMs: station.clock.nowMs(), graceMs: HOLD_BACK_MS }
    const open = listAttentionEntries(db, by.person.id, by.nowMs)
    const found = open[entry % Math.max(1, open.length)]
    if (found === undefined) return
    tolerate(() => {
      grace.keepPace()
      if (found.status === 'stale' && how !== 'discard') write(db, (tx) => confirmLocally(tx, found.mutationId, by))
      else if (how === 'discard') write(db, (tx) => discardLocally(tx, found.mutationId, 'not needed', by))
      else write(db, (tx) => retryLocally(tx, found.mutationId, by))
      engine.queued()
    })
    if (!station.isDead()) adopt(world, station)
  })
}

function damage(world: World, station: Station, row: number): void {
  const all = station
    .raw()
    .prepare<[], { entity: string; id: string }>(
      `SELECT 'read' AS entity, id FROM read UNION ALL SELECT 'action', id FROM action UNION ALL SELECT 'patient', id FROM patient`,
    )
    .all()
  const found = all[row % Math.max(1, all.length)]
  if (found === undefined) return
  station.raw().prepare(`DELETE FROM ${found.entity} WHERE id = ?`).run(found.id)
  world.ledger.damaged.add(station.name)
  if (found.entity === 'read') world.watches[world.stations.indexOf(station)]?.forget(found.id)
}

/** Refusals are part of the story; faults are not. */
function tolerate(work: () => void): void {
  try {
    work()
  } catch (cause) {
    if (!(cause instanceof AppError) && !(cause instanceof Crashed)) throw cause
  }
}

/** What the outbox holds was promised to its person, whether the screen had heard it before the process ended or not. */
export function adopt(world: World, station: Station): void {
  const rows = station
    .raw()
    .prepare<[], { mutationId: string; name: Decided['name']; personId: string; subject: string; args: string }>(
      `SELECT mutation_id AS mutationId, name, person_id AS personId, subject, args FROM outbox
       WHERE name IN (${DECISIONS.map((name) => `'${name}'`).join()}) ORDER BY position`,
    )
    .all()
  for (const { mutationId, name, personId, subject, args } of rows) {
    if (world.ledger.decided.has(mutationId)) continue
    const { readId = null, sessionId = null } = JSON.parse(args) as Partial<RecordRead>
    const entityId = name === 'read.record' || name === 'patient.change' ? null : subject
    const place = { personId, station: station.name, takenBack: false }
    const decided = { mutationId, name, readId, sessionId, entityId, ...place }
    world.ledger.decided.set(mutationId, decided)
  }
}
