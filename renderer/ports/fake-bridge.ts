/** A testing double of `window.loupe`: the real table, a made-up practice. For tests and the `?fake` page of development only. */
import type { AppState, SyncStatus } from '../../preload/contract/app-state.ts'
import type { KeptDraft } from '../../preload/contract/draft.ts'
import {
  type Bridge,
  type CallName,
  type EventBody,
  type EventName,
  type Handlers,
  IPC_CALLS,
  type Reply,
} from '../../preload/contract/ipc.ts'
import { BuiltInLane, type Lane, LaneCounts, ownLane } from '../../preload/contract/queue.ts'
import { DEFAULT_SETTINGS, type SettingValues } from '../../preload/contract/settings.ts'
import type { SessionId } from '../../server/contract/domain/ids.ts'
import { listName, type Patient, type PatientChange } from '../../server/contract/domain/patients.ts'
import {
  type Action,
  type RecordRead,
  recordRead,
  reviewStateOf,
  standingReads,
} from '../../server/contract/domain/reads.ts'
import { isPatientFacing } from '../../server/contract/domain/tags.ts'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { countStale, makeFakeAttention } from './fake-attention.ts'
import { type FakeShared, makeFakeCase } from './fake-case.ts'
import { fakeImports } from './fake-imports.ts'
import { fakeOutbox } from './fake-outbox.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE, type FakePractice, makeFakePractice } from './fake-practice.ts'
import { isHeldByFake, listFakeQueue } from './fake-queue.ts'
import { sceneUrl } from './fake-scene.ts'
import { fakeStorage } from './fake-storage.ts'

export type FakeOptions = {
  readonly sessionCount?: number
  readonly app?: Partial<AppState>
  readonly sync?: Partial<SyncStatus>
  readonly settings?: Partial<SettingValues>
  readonly nowMs?: number
  /** Changes of the signed-in person that need attention. */
  readonly attentionCount?: number
}

type Call = { readonly name: CallName; readonly input: unknown }

export type FakeBridge = Bridge & {
  readonly practice: FakePractice
  /** Rules, goals, questions, presence, photo checks: put in what the screen shall show, then `emit`. */
  readonly shared: FakeShared
  readonly calls: readonly Call[]
  /** The next calls of this name fail with the code, until `null`. */
  fail(name: CallName, code: ErrorCode | null): void
  /** Milliseconds before an answer; calls of `never` do not answer at all. */
  setLatency(ms: number, never?: readonly CallName[]): void
  /** Calls like these are answered only after the returned function was called: what comes between is no race. */
  hold(which?: (call: Call) => boolean): () => void
  setApp(change: Partial<AppState>): void
  setSync(change: Partial<SyncStatus>): void
  emit<E extends EventName>(event: E, body: EventBody<E>): void
}

export function makeFakeBridge(options: FakeOptions = {}): FakeBridge {
  const nowMs = options.nowMs ?? Date.now()
  const practice = makeFakePractice(options.sessionCount ?? 64, nowMs)
  const person = FAKE_PEOPLE[0] ?? null
  const listeners = new Map<EventName, Set<(body: unknown) => void>>()
  const calls: Call[] = []
  const drafts = new Map<string, KeptDraft>()
  /** Everybody has their own. */
  const draftKey = (sessionId: SessionId) => `${app.account?.person.id} ${sessionId}`
  const holds = new Map<Promise<void>, (call: Call) => boolean>()
  const failing = new Map<CallName, ErrorCode>()
  const attention = makeFakeAttention(practice, options.attentionCount ?? 0, nowMs)
  let latency: { ms: number; never: readonly CallName[] } = { ms: 0, never: [] }
  let settings: SettingValues = { ...DEFAULT_SETTINGS, ...options.settings }
  let app: AppState = {
    phase: 'ready',
    keyGuard: 'keychain',
    account: person === null ? null : { person, practice: FAKE_PRACTICE },
    signInExpired: false,
    problem: null,
    letGo: null,
    serverUrl: 'https://127.0.0.1:8443',
    demo: true,
    version: '0.1.0',
    ...options.app,
  }
  let sync: SyncStatus = {
    connection: 'online',
    reason: null,
    pulling: false,
    waitingCount: 0,
    needsAttentionCount: attention.length,
    lastSyncedAtMs: nowMs - 2000,
    photosWaitingCount: 0,
    photosLeftMs: null,
    copying: null,
    confirmCount: countStale(attention),
    clockAheadMs: null,
    lowDisk: false,
    ...options.sync,
  }
  const cases = makeFakeCase({ practice, person: () => app.account?.person ?? null, emit })

  function emit<E extends EventName>(event: E, body: EventBody<E>): void {
    for (const listener of listeners.get(event) ?? []) listener(body)
  }
  function setApp(change: Partial<AppState>): AppState {
    app = { ...app, ...change }
    emit('app.state', app)
    return app
  }
  function setSync(change: Partial<SyncStatus>): void {
    sync = { ...sync, ...change }
    emit('sync.status', sync)
  }
  function settleAttention(mutationId: string) {
    const index = attention.findIndex((entry) => entry.mutationId === mutationId)
    const [entry] = index === -1 ? [] : attention.splice(index, 1)
    if (entry === undefined) throw new AppError('not-found', { mutationId })
    setSync({ needsAttentionCount: attention.length, confirmCount: countStale(attention) })
    return entry
  }
  function findSession(sessionId: string) {
    const session = practice.sessions.find((other) => other.id === sessionId)
    const patient = practice.patients.find((other) => other.id === session?.patientId)
    if (session === undefined || patient === undefined) throw new AppError('not-found', { sessionId })
    return { session, patient }
  }
  function nameOf(personId: string): string {
    return practice.people.find((other) => other.id === personId)?.displayName ?? ''
  }

  function recordFake(input: RecordRead) {
    const { session } = findSession(input.sessionId)
    if (person === null) throw new AppError('auth.required')
    const reads = practice.reads.filter((read) => read.sessionId === session.id)
    const isWinner = ({ sessionId, outcome, kind }: Action) =>
      sessionId === session.id && outcome === 'won' && isPatientFacing(kind)
    const winner = practice.actions.find(isWinner)
    const { correctedId, ...made } = recordRead(
      input,
      { session, reads, winner, second: cases.findDrawn(session.id, reads) },
      { personId: person.id, nowMs: null },
    )
    practice.reads.push(made.read)
    drafts.delete(draftKey(session.id))
    if (winner !== undefined && correctedId === winner.id) winner.outcome = 'corrected'
    practice.actions.push(made.action)
    cases.decided(made.read)
    if (sync.connection !== 'online') setSync({ waitingCount: sync.waitingCount + 1 })
    emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
    return made
  }
  function findFakePatient(id: string) {
    const patient = practice.patients.find((other) => other.id === id)
    if (patient === undefined) throw new AppError('not-found', { patientId: id })
    return patient
  }
  function changeFakePatient(id: string, set: PatientChange['set']): Patient {
    const patient = Object.assign(findFakePatient(id), set)
    emit('store.changed', { patients: true, sessions: false, reads: false, practice: false })
    return patient
  }

  const handlers: Handlers = {
    'app.state': async () => app,
    'app.choosePassphrase': async () => setApp({ phase: 'signed-out', keyGuard: 'passphrase' }),
    'app.unlock': async ({ passphrase }) => {
      if (passphrase === 'wrong passphrase') throw new AppError('store.passphrase')
      return setApp({ phase: 'ready', letGo: null })
    },
    'app.lock': async () => setApp({ phase: 'locked', letGo: cases.letGo() }),
    'session.signIn': async () => ({ url: 'http://127.0.0.1:9/sign-in', opened: true }),
    'session.signOut': async () => setApp({ phase: 'signed-out', account: null, letGo: cases.letGo() }),
    'sync.status': async () => sync,
    'sync.now': async () => {
      setSync({ lastSyncedAtMs: Date.now() })
      return null
    },
    'queue.page': async ({ offset, limit, ...query }) => {
      const rows = listFakeQueue(practice, query, nowMs, cases.shared)
      return { rows: rows.slice(offset, offset + limit), total: rows.length, offset }
    },
    'queue.counts': async ({ search }) => {
      const count = (lane: Lane) =>
        listFakeQueue(practice, { lane, search, sort: 'wait', descending: false }, nowMs, cases.shared).length
      const lanes = [...BuiltInLane.options, ...cases.shared.rules.lanes.map(ownLane)]
      return LaneCounts.parse(Object.fromEntries(lanes.map((lane) => [lane, count(lane)])))
    },
    'queue.wouldHold': async (lane) => {
      const all = { lane: 'all', search: '', sort: 'wait', descending: false } as const
      const rows = listFakeQueue(practice, all, nowMs, cases.shared)
      return { count: rows.filter((row) => isHeldByFake(lane, row, nowMs, practice, cases.shared.goals)).length }
    },
    'queue.batch': async ({ from, ...query }) => {
      const ids = listFakeQueue(practice, query, nowMs, cases.shared).map((row) => row.sessionId)
      return ids.slice(from === null ? 0 : Math.max(0, ids.indexOf(from)), 2000)
    },
    'review.open': async ({ sessionId }) => {
      const { session, patient } = findSession(sessionId)
      const earlier = practice.sessions
        .filter((other) => other.patientId === patient.id && other.submittedAtMs < session.submittedAtMs)
        .toReversed()
      const all = practice.reads.filter((read) => read.sessionId === sessionId)
      const drawn = cases.shared.blind.get(sessionId) ?? null
      const secondReadId = all.some((read) => read.secondReadId === drawn) ? null : drawn
      const own = secondReadId === null ? all : []
      return {
        session,
        patient,
        doctorName: patient.doctorId === null ? null : nameOf(patient.doctorId),
        priors: earlier.map(({ id, capturedOn, stage, aligners, images }) => ({
          sessionId: id,
          capturedOn,
          stage,
          aligners,
          images,
        })),
        reads: standingReads(own).map((read) => ({
          read,
          readerName: nameOf(read.readerId),
          sent: read.recordedAtMs !== null,
        })),
        ...(standingReads(own).length < own.length && {
          replacedReads: own
            .filter((read) => !standingReads(own).includes(read))
            .map((read) => ({
              read,
              readerName: nameOf(read.readerId),
              replacedAtMs: own.find((later) => later.supersedes === read.readId)?.recordedAtMs ?? null,
            })),
        }),
        actions: secondReadId === null ? practice.actions.filter((action) => action.sessionId === sessionId) : [],
        state: reviewStateOf(own),
        history: earlier.flatMap((other) =>
          practice.reads
            .filter((read) => read.sessionId === other.id)
            .map((read) => ({ capturedOn: other.capturedOn, read, readerName: nameOf(read.readerId) })),
        ),
        ...cases.partOfCase(session),
        ...(secondReadId !== null && { questions: [] }),
        secondReadId,
        draft: drafts.get(draftKey(sessionId)),
      }
    },
    'review.decide': async (input) => recordFake(input),
    'review.keepDraft': async ({ sessionId, draft }) => {
      if (draft === null) drafts.delete(draftKey(sessionId))
      else drafts.set(draftKey(sessionId), { entered: draft, changedAtMs: Date.now() })
      return null
    },
    'review.lastDecision': async () => cases.findTakeBack(),
    'review.takeBack': async ({ readId }) => {
      const index = practice.reads.findIndex((read) => read.readId === readId && read.recordedAtMs === null)
      const read = practice.reads[index]
      if (read === undefined || cases.findTakeBack()?.readId !== readId)
        throw new AppError('read.already-sent', { readId })
      practice.reads.splice(index, 1)
      const [gone] = practice.actions.splice(
        practice.actions.findIndex((action) => action.readId === readId),
        1,
      )
      const former = practice.actions.find((action) => gone?.outcome === 'won' && action.id === gone.corrects?.actionId)
      if (former !== undefined) former.outcome = 'won'
      cases.takenBack()
      emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
      return { sessionId: read.sessionId }
    },
    'review.withdraw': async ({ sessionId }) => {
      practice.sessions.splice(practice.sessions.indexOf(findSession(sessionId).session), 1)
      emit('store.changed', { patients: false, sessions: true, reads: true, practice: false })
      return null
    },
    'review.displayed': async () => null,
    'attention.list': async () => [...attention],
    'attention.retry': async ({ mutationId }) => ({
      sessionId: settleAttention(mutationId).wanted?.sessionId ?? null,
    }),
    'attention.discard': async ({ mutationId }) => {
      settleAttention(mutationId)
      return null
    },
    'attention.confirm': async ({ mutationId }) => {
      settleAttention(mutationId)
      return null
    },
    'attention.replaceRead': async ({ mutationId, read }) => {
      const made = recordFake(read)
      settleAttention(mutationId)
      return made
    },
    'attention.replacePatientChange': async ({ mutationId, set }) => {
      const { patientChange } = settleAttention(mutationId)
      if (patientChange === null) throw new AppError('conflict.exists', { mutationId })
      return changeFakePatient(patientChange.patientId, set)
    },
    'attention.replacePracticeChange': async ({ mutationId }) => {
      settleAttention(mutationId)
      return null
    },
    'patients.get': async ({ id }) => findFakePatient(id),
    'patients.change': async ({ patientId, set }) => changeFakePatient(patientId, set),
    ...fakeStorage(practice, nowMs, () => sync.waitingCount),
    ...fakeOutbox(
      nowMs,
      () => sync.waitingCount,
      () => app.account?.person ?? null,
    ),
    ...fakeImports(practice),
    'compare.popOut': async () => ({ url: null }),
    ...cases.handlers,
    'patients.search': async ({ text }) => {
      const wanted = text.toLowerCase()
      return practice.patients
        .filter((patient) => `${listName(patient)} ${patient.reference}`.toLowerCase().includes(wanted))
        .slice(0, 50)
    },
    'settings.all': async () => settings,
    'settings.set': async (setting) => {
      settings = { ...settings, [setting.name]: setting.value }
      return settings
    },
  }

  return {
    host: 'preview',
    practice,
    shared: cases.shared,
    calls,
    async call(name, input): Promise<Reply> {
      calls.push({ name, input })
      if (latency.never.includes(name)) return new Promise<Reply>(() => undefined)
      const held = [...holds].filter(([, which]) => which({ name, input })).map(([release]) => release)
      if (held.length > 0) await Promise.all(held)
      if (latency.ms > 0) await new Promise((resolve) => setTimeout(resolve, latency.ms))
      const code = failing.get(name)
      if (code !== undefined) return { ok: false, code, detail: {} }
      const parsed = IPC_CALLS[name].input.safeParse(input)
      if (!parsed.success) return { ok: false, code: 'input.invalid', detail: { call: name } }
      try {
        // The name picks schema and handler from one table; TypeScript cannot follow that pair through a lookup.
        const handle = handlers[name] as (input: unknown) => Promise<unknown>
        return { ok: true, value: IPC_CALLS[name].output.parse(await handle(parsed.data)) }
      } catch (cause) {
        const error = AppError.from(cause)
        return { ok: false, code: error.code, detail: error.detail }
      }
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => void set.delete(listener)
    },
    photoUrl: sceneUrl,
    fail(name, code) {
      if (code === null) failing.delete(name)
      else failing.set(name, code)
    },
    setLatency(ms, never = []) {
      latency = { ms, never }
    },
    hold(which = () => true) {
      const { promise, resolve } = Promise.withResolvers<void>()
      holds.set(promise, which)
      return () => {
        holds.delete(promise)
        resolve()
      }
    },
    setApp,
    setSync,
    emit,
  }
}
