import {
  isBuiltIn,
  type Lane,
  OVERDUE_AFTER_MS,
  ownLane,
  type QueueQuery,
  type QueueRow,
} from '../../preload/contract/queue.ts'
import { matchesLane } from '../../server/contract/domain/practice-rules.ts'
import type { PracticeLane } from '../../server/contract/domain/practice-rules.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import { reviewStateOf } from '../../server/contract/domain/reads.ts'
import { missingViews, type ScanSession } from '../../server/contract/domain/sessions.ts'
import { VIEWS } from '../../server/contract/domain/views.ts'
import type { FakeShared } from './fake-case.ts'
import type { FakePractice } from './fake-practice.ts'

/** What the store's queue answers, over the fake practice. */
export function listFakeQueue(
  practice: FakePractice,
  query: QueueQuery,
  nowMs: number,
  shared?: Pick<FakeShared, 'rules' | 'goals' | 'questions'>,
): QueueRow[] {
  const rows = practice.sessions
    .map((session) => toRow(practice, session, shared))
    .filter((row) => matches(row, query.search))
  const found = rows.filter((row) =>
    isBuiltIn(query.lane) && query.lane !== 'asked'
      ? isInLane(row, query.lane, nowMs)
      : shared !== undefined && isInSharedLane(row, query.lane, nowMs, practice, shared),
  )
  const sorted = found.toSorted((a, b) => compare(a, b, query.sort) || a.sessionId.localeCompare(b.sessionId))
  return query.descending ? sorted.toReversed() : sorted
}

export function isInLane(row: QueueRow, lane: Lane, nowMs: number): boolean {
  const isWaiting = row.state === 'waiting'
  switch (lane) {
    case 'all':
      return true
    case 'waiting':
      return isWaiting
    case 'flagged':
      return isWaiting && (row.flags.length > 0 || row.missing.length > 0)
    case 'overdue':
      return isWaiting && nowMs - row.submittedAtMs > OVERDUE_AFTER_MS
    case 'first_scan':
      return isWaiting && row.firstScan
    case 'refinement':
      return isWaiting && row.patientStatus === 'refinement'
    case 'adjudicate':
      return row.state === 'discordant'
    case 'reviewed':
      return !isWaiting
    case 'asked':
    default: // what others made since: {@link isInSharedLane}
      return false
  }
}

function isInSharedLane(
  row: QueueRow,
  lane: Lane,
  nowMs: number,
  practice: FakePractice,
  { rules, goals }: Pick<FakeShared, 'rules' | 'goals'>,
): boolean {
  if (lane === 'asked') return row.isAsked
  const own = rules.lanes.find((other) => ownLane(other) === lane)
  return own !== undefined && isHeldByFake(own, row, nowMs, practice, goals)
}

export function isHeldByFake(
  own: Pick<PracticeLane, 'conditions'>,
  row: QueueRow,
  nowMs: number,
  practice: FakePractice,
  goals: FakeShared['goals'],
): boolean {
  const patient = practice.patients.find(({ id }) => id === row.patientId)
  if (patient === undefined || row.state !== 'waiting') return false
  return matchesLane(
    own,
    {
      missingViews: row.missing.length,
      flagged: row.flags.length > 0 || row.missing.length > 0,
      firstScan: row.firstScan,
      submittedAtMs: row.submittedAtMs,
    },
    {
      status: patient.status,
      treatment: patient.treatmentType,
      doctorId: patient.doctorId,
      goals: goals.filter((goal) => goal.patientId === patient.id && goal.state === 'open'),
    },
    { nowMs, today: new Date(nowMs).toISOString().slice(0, 10) },
  )
}

function toRow(
  practice: FakePractice,
  session: ScanSession,
  shared: Pick<FakeShared, 'goals' | 'questions'> | undefined,
): QueueRow {
  const patient = practice.patients.find((other) => other.id === session.patientId)
  if (patient === undefined) throw new Error('A fake session has a patient')
  const own = practice.reads.filter((read) => read.sessionId === session.id)
  const scans = practice.sessions.filter((other) => other.patientId === patient.id)
  const earlier = practice.reads.findLast((read) =>
    scans.some((scan) => scan.id === read.sessionId && scan.submittedAtMs < session.submittedAtMs),
  )
  const last = own.at(-1) ?? earlier
  const usable = session.images.filter((image) => image.photo !== null)
  return {
    sessionId: session.id,
    patientId: patient.id,
    patientName: listName(patient),
    reference: patient.reference,
    patientStatus: patient.status,
    doctorName: practice.people.find((person) => person.id === patient.doctorId)?.displayName ?? null,
    stage: session.stage,
    totalStages: patient.totalStages,
    capturedOn: session.capturedOn,
    submittedAtMs: session.submittedAtMs,
    state: reviewStateOf(own),
    thumbnail: (usable.find((image) => image.view === 'frontal') ?? usable[0])?.photo?.hash ?? null,
    photoCount: usable.length,
    missing: missingViews(session).filter((view) => session.images.every((image) => image.view !== view)),
    flags: VIEWS.flatMap((view): QueueRow['flags'] => {
      const image = session.images.find((other) => other.view === view)
      if (image === undefined) return []
      if (image.refusal !== null) return [{ view, flag: 'refused' as const }]
      const quality = (image.photo?.quality.flags ?? []).map((flag) => ({ view, flag }))
      return image.mirrored === 'uncorrected' ? [...quality, { view, flag: 'mirrored' as const }] : quality
    }),
    firstScan: scans[0]?.id === session.id,
    lastRead:
      last === undefined
        ? null
        : {
            overallTracking: last.overallTracking,
            alignerFit: last.alignerFit,
            oralHygiene: last.oralHygiene,
            action: last.action.kind,
          },
    goals: (shared?.goals ?? [])
      .filter(({ patientId, state }) => patientId === patient.id && state === 'open')
      .map(({ dueOn, quietUntil }) => ({ dueOn, quietUntil })),
    isAsked: (shared?.questions ?? []).some(({ sessionId, answer }) => sessionId === session.id && answer === null),
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function matches(row: QueueRow, search: string): boolean {
  const text = plain(`${row.patientName} ${row.reference} ${row.doctorName ?? ''}`)
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function compare(a: QueueRow, b: QueueRow, sort: QueueQuery['sort']): number {
  switch (sort) {
    case 'wait':
      return b.submittedAtMs - a.submittedAtMs
    case 'submitted':
      return a.submittedAtMs - b.submittedAtMs
    case 'patient':
      return a.patientName.localeCompare(b.patientName)
    case 'stage':
      return (a.stage ?? -1) - (b.stage ?? -1)
    case 'state':
      return a.state.localeCompare(b.state)
  }
}
