import type { KnownPair, PhotoPair } from '../../preload/contract/alignment.ts'
import type { AgreementReport } from '../../preload/contract/agreement.ts'
import type { LetGo } from '../../preload/contract/app-state.ts'
import type { EventBody, EventName, Handlers } from '../../preload/contract/ipc.ts'
import type { PhotoCheck } from '../../preload/contract/photo-check.ts'
import type { ReviewCase, TakeBack } from '../../preload/contract/review.ts'
import type { Goal } from '../../server/contract/domain/goals.ts'
import type { SecondReadId, SessionId } from '../../server/contract/domain/ids.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import { type PracticeRules, STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { Question } from '../../server/contract/domain/questions.ts'
import type { Read } from '../../server/contract/domain/reads.ts'
import type { SecondRead } from '../../server/contract/domain/second-reads.ts'
import { isPatientFacing } from '../../server/contract/domain/tags.ts'
import { AppError } from '../../server/contract/errors.ts'
import { FAKE_PRACTICE, type FakePractice } from './fake-practice.ts'

type Seams = {
  readonly practice: FakePractice
  readonly person: () => Person | null
  readonly emit: <E extends EventName>(event: E, body: EventBody<E>) => void
}

/** What was made up since: tests and pictures put into it what they need. */
export type FakeShared = {
  rules: PracticeRules
  readonly goals: Goal[]
  readonly questions: Question[]
  /** Others who have a case open. */
  readonly presence: { sessionId: string; name: string; sinceMs: number }[]
  readonly checks: Map<string, PhotoCheck>
  /** Scans that come back blind to be read once more, with their draw. */
  readonly blind: Map<string, SecondReadId>
  /** The case that the window said was on screen last. */
  onScreen: string | null
  agreement: AgreementReport | null
}

const keyOf = ({ current, prior, view }: PhotoPair) => `${current} ${prior} ${view}`

/** Rules, people, goals, questions, presence, alignments and photo checks of the made-up workstation, in memory. */
export function makeFakeCase({ practice, person, emit }: Seams) {
  const shared: FakeShared = {
    rules: { ...STANDARD_RULES, id: FAKE_PRACTICE.id },
    goals: [],
    questions: [],
    presence: [],
    checks: new Map(),
    blind: new Map(),
    onScreen: null,
    agreement: null,
  }
  const pairs = new Map<string, KnownPair>()
  const waiting: { last: { read: Read; atMs: number; casesSince: number } | null } = { last: null }
  const told = () => emit('store.changed', { patients: false, sessions: false, reads: false, practice: true })
  const getPerson = () => {
    const now = person()
    if (now === null) throw new AppError('auth.required')
    return now
  }
  const nameOf = (id: string | undefined) => practice.people.find((other) => other.id === id)?.displayName ?? ''
  const findPair = (pair: PhotoPair): KnownPair => pairs.get(keyOf(pair)) ?? { pair, alignment: null, nudge: null }

  const handlers = {
    'review.onScreen': async ({ sessionId }) => {
      const isAnother = sessionId !== null && sessionId !== shared.onScreen
      shared.onScreen = sessionId
      if (waiting.last !== null && isAnother && sessionId !== waiting.last.read.sessionId) waiting.last.casesSince += 1
      return null
    },
    'review.presence': async () =>
      shared.presence.map(({ sessionId, ...who }) => ({ ...who, sessionId: getSession(sessionId).id })),
    'align.find': async (wanted) => wanted.map(findPair),
    'align.save': async (alignment) => {
      pairs.set(keyOf(alignment.pair), { ...findPair(alignment.pair), alignment })
      return null
    },
    'align.nudge': async (nudge) => {
      const isNone = nudge.x === 0 && nudge.y === 0
      pairs.set(keyOf(nudge.pair), { ...findPair(nudge.pair), nudge: isNone ? null : nudge })
      return null
    },
    'checks.find': async (hashes) => hashes.flatMap((hash) => shared.checks.get(hash) ?? []),
    'checks.save': async (check) => {
      shared.checks.set(check.hash, check)
      return null
    },
    'people.list': async () => practice.people.filter(({ active }) => active),
    'rules.get': async () => shared.rules,
    'rules.change': async ({ set }) => {
      if (!getPerson().roles.includes('practice_admin')) throw new AppError('auth.denied')
      // A field that is named has a value: what the schema leaves out is not there.
      shared.rules = { ...shared.rules, ...(set as Partial<PracticeRules>), revision: shared.rules.revision + 1 }
      told()
      return shared.rules
    },
    'goals.ofPatient': async ({ patientId }) => shared.goals.filter((goal) => goal.patientId === patientId),
    'goals.save': async (saved) => {
      const goal: Goal = { ...saved, setBy: getPerson().id, changedAtMs: null }
      const index = shared.goals.findIndex(({ id }) => id === goal.id)
      if (index === -1) shared.goals.push(goal)
      else shared.goals[index] = goal
      told()
      return goal
    },
    'questions.ask': async (asked) => {
      const { patientId } = getSession(asked.sessionId)
      const question: Question = { ...asked, patientId, askedBy: getPerson().id, askedAtMs: null, answer: null }
      shared.questions.unshift(question)
      told()
      return question
    },
    'questions.answer': async ({ questionId, text }) => {
      const question = shared.questions.find(({ id }) => id === questionId)
      if (question === undefined) throw new AppError('not-found', { questionId })
      if (question.answer === null) question.answer = { by: getPerson().id, text, answeredAtMs: null }
      told()
      return question
    },
    'agreement.report': async ({ from, to }) => ({ ...(shared.agreement ?? NO_SECOND_READS), from, to }),
  } satisfies Partial<Handlers>

  function getSession(sessionId: string) {
    const session = practice.sessions.find(({ id }) => id === sessionId)
    if (session === undefined) throw new AppError('not-found', { sessionId })
    return session
  }
  return {
    shared,
    handlers,
    /** What a case shows of it. */
    partOfCase: (session: ReviewCase['session']): Pick<ReviewCase, 'goals' | 'questions'> => ({
      goals: shared.goals.filter((goal) => goal.patientId === session.patientId && goal.state === 'open'),
      questions: shared.questions
        .filter((question) => question.sessionId === session.id)
        .map((question) => ({
          question,
          askedByName: nameOf(question.askedBy),
          answeredByName: question.answer === null ? null : nameOf(question.answer.by),
        })),
    }),
    /** The draw of a scan that comes back blind, as the rule wants to see it. */
    findDrawn: (sessionId: SessionId, reads: readonly Read[]): SecondRead | undefined => {
      const [id, first] = [shared.blind.get(sessionId), reads[0]]
      if (id === undefined || first === undefined) return undefined
      const drawn = { id, sessionId, firstReadId: first.readId, firstReaderId: first.readerId }
      return { ...drawn, by: 'either', notBeforeMs: 0, doneReadId: null }
    },
    decided: (read: Read) => {
      waiting.last = { read, atMs: Date.now(), casesSince: 0 }
    },
    takenBack: () => {
      waiting.last = null
    },
    /** Somebody locks or signs out: nothing waits any more. The line of a made-up workstation is always there. */
    letGo: (): LetGo | null => {
      const { last } = waiting
      waiting.last = null
      if (last === null || last.read.recordedAtMs !== null) return null
      last.read.recordedAtMs = Date.now()
      return { sentCount: 1, keptCount: 0 }
    },
    /** Null once its time is over, or the second next case was opened. An action that reaches nobody waits a moment only. */
    findTakeBack: (): TakeBack | null => {
      const { last } = waiting
      if (last === null) return null
      const graceMs = isPatientFacing(last.read.action.kind) ? shared.rules.graceSeconds * 1000 : 800
      const releasesAtMs = last.atMs + graceMs
      if (last.casesSince >= 2 || Date.now() >= releasesAtMs) {
        if (last.read.recordedAtMs === null) {
          last.read.recordedAtMs = Date.now()
          emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
        }
        return null
      }
      const session = getSession(last.read.sessionId)
      const patient = practice.patients.find(({ id }) => id === session.patientId)
      return {
        readId: last.read.readId,
        sessionId: session.id,
        patientName: patient === undefined ? '' : listName(patient),
        personId: last.read.readerId,
        releasesAtMs,
        graceMs,
      }
    },
  }
}

const none = {
  pairs: 0,
  kappa: null,
  interval: null,
  table: [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
} // prettier-ignore
const noFields = { overallTracking: none, alignerFit: none, oralHygiene: none }
const NO_SECOND_READS = { between: noFields, within: noFields, drawn: 0, waiting: 0 }
