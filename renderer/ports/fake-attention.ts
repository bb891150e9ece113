import type { AttentionEntry, PracticeChange } from '../../preload/contract/attention.ts'
import { ActionId, MutationId, ReadId } from '../../server/contract/domain/ids.ts'
import { listName, type Patient } from '../../server/contract/domain/patients.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { FAKE_PEOPLE, type FakePractice, fakeId } from './fake-practice.ts'
import { fakePracticeChange } from './fake-practice-change.ts'

const HOUR_MS = 3_600_000
type Kind = readonly [
  AttentionEntry['status'],
  ErrorCode | null,
  ('patient' | 'olderScan' | 'overtaken' | 'withdrawn' | 'brought' | PracticeChange['about'])?,
]
const KINDS: readonly Kind[] = [
  ['lost', null],
  ['rejected', 'auth.denied'],
  ['parked', 'input.invalid'],
  ['rejected', 'read.fit-without-aligners'],
  ['rejected', 'not-found'],
  ['stale', null, 'olderScan'],
  ['parked', 'patient.stale', 'patient'],
  ['rejected', 'session.withdrawn', 'withdrawn'],
  ['stale', null, 'overtaken'],
  ['rejected', 'auth.denied', 'patient'],
  ['stale', null],
  ['stale', null, 'withdrawn'],
  ['parked', 'rules.stale', 'rules'],
  ['parked', 'goal.stale', 'goal'],
  ['parked', 'question.answered', 'answer'],
  ['rejected', 'auth.denied', 'question'],
  ['rejected', 'read.fit-without-aligners', 'brought'],
  ['corrected', null],
]
const PRACTICE: readonly unknown[] = ['rules', 'goal', 'question', 'answer'] satisfies PracticeChange['about'][]

/** An answered question takes no other answer, and the rules have a page of their own. */
const MAY_CHANGE: ReadonlySet<unknown> = new Set(['goal', 'question'])

const MAY_RETRY: ReadonlySet<ErrorCode> = new Set([
  'auth.denied',
  'input.invalid',
  'patient.stale',
  'rules.stale',
  'goal.stale',
])

/** Made-up entries of the signed-in person: every kind, long names included. */
export function makeFakeAttention(practice: FakePractice, count: number, nowMs: number): AttentionEntry[] {
  return Array.from({ length: count }, (_, n) => entryOf(practice, n, nowMs))
}

function entryOf(practice: FakePractice, n: number, nowMs: number): AttentionEntry {
  const [status, code, what] = KINDS[n % KINDS.length] ?? ['rejected', null]
  const patient = practice.patients[(n * 5) % Math.max(1, practice.patients.length)]
  const scans = practice.sessions.filter((other) => other.patientId === patient?.id)
  const session = what === 'olderScan' ? scans.at(-2) : scans.at(-1)
  const isPractice = (about: typeof what): about is PracticeChange['about'] => PRACTICE.includes(about)
  const isRead = what !== 'patient' && !isPractice(what)
  const isPatient = what === 'patient'
  const isGone = code === 'not-found' || what === 'withdrawn'
  const atMs = nowMs - (n + 1) * 3 * HOUR_MS - (status === 'stale' ? 26 * HOUR_MS : 0)
  const scan =
    session === undefined || patient === undefined || isPatient || what === 'rules' || what === 'goal'
      ? null
      : {
          sessionId: session.id,
          patientName: listName(patient),
          reference: patient.reference,
          capturedOn: session.capturedOn,
        }
  return {
    mutationId: MutationId.parse(fakeId(7, n)),
    status,
    code,
    atMs: Math.round(atMs),
    wanted: session === undefined || !isRead ? null : wantedOf(session, n, atMs - 60_000),
    scan: isGone ? null : scan,
    ...(what === 'withdrawn' &&
      scan !== null && {
        formerScan: { patientName: scan.patientName, reference: scan.reference, capturedOn: scan.capturedOn },
      }),
    winner:
      status === 'lost' || status === 'corrected' || what === 'overtaken'
        ? {
            action: { kind: 'hold_aligner', days: 7 },
            deciderName: FAKE_PEOPLE[1]?.displayName ?? '',
            mine: false,
            recordedAtMs: Math.round(atMs - 120_000),
            ...(status === 'corrected' && { because: 'Spacing mesial of 22 is as it was six weeks ago.' }),
          }
        : null,
    patientChange: isPatient && patient !== undefined ? changeOf(patient) : null,
    ...(isPractice(what) && patient !== undefined && { practiceChange: fakePracticeChange(what, patient) }),
    ...(what === 'brought' && { authorName: 'Dr Maximiliane Anneliese von Hohenstein-Wittgenfels' }),
    mayRetry: code !== null && MAY_RETRY.has(code) && what !== 'brought',
    mayEdit:
      (isRead || isPatient || MAY_CHANGE.has(what)) &&
      what !== 'brought' &&
      (status === 'rejected' || status === 'parked') &&
      !isGone,
  }
}

/** Three fields: one that a colleague changed meanwhile, one that is as it was, one that nobody had filled in. */
function changeOf(patient: Patient): NonNullable<AttentionEntry['patientChange']> {
  const { id, revision: _, ...current } = patient
  return {
    patientId: id,
    patientName: listName(patient),
    base: { currentStage: 7, scanFrequencyDays: patient.scanFrequencyDays, alignerBrand: null },
    set: { currentStage: 9, scanFrequencyDays: 10, alignerBrand: 'Spark' },
    current,
  }
}

function wantedOf(session: ScanSession, n: number, readAtMs: number): RecordRead {
  return {
    readId: ReadId.parse(fakeId(8, n)),
    actionId: ActionId.parse(fakeId(9, n)),
    sessionId: session.id,
    sessionVersion: session.version,
    overallTracking: 1,
    alignerFit: session.aligners === 'out' ? null : 2,
    oralHygiene: 3,
    aligners: session.aligners,
    detailTags: [],
    action:
      n % 2 === 0
        ? { kind: 'approve_progression', toStage: (session.stage ?? 0) + 1 }
        : { kind: 'message_patient', text: 'Please wear the aligner 22 hours a day and use the chewies.' },
    notes: n % 3 === 0 ? 'Chewies on 22 for three days.' : '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: Math.round(readAtMs),
  }
}

export function countStale(entries: readonly AttentionEntry[]): number {
  return entries.filter((entry) => entry.status === 'stale').length
}
