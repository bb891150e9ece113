import type { AttentionEntry } from '../../preload/contract/attention.ts'
import { ActionId, MutationId, ReadId } from '../../server/contract/domain/ids.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { FAKE_PEOPLE, type FakePractice, fakeId } from './fake-practice.ts'

const HOUR_MS = 3_600_000
const KINDS: readonly (readonly [AttentionEntry['status'], ErrorCode | null])[] = [
  ['lost', null],
  ['rejected', 'auth.denied'],
  ['parked', 'input.invalid'],
  ['rejected', 'read.fit-without-aligners'],
  ['rejected', 'not-found'],
]

/** Made-up entries of the signed-in person: every kind, long names included. */
export function makeFakeAttention(practice: FakePractice, count: number, nowMs: number): AttentionEntry[] {
  return Array.from({ length: count }, (_, n) => {
    const [status, code] = KINDS[n % KINDS.length] ?? ['rejected', null]
    const patient = practice.patients[(n * 5) % Math.max(1, practice.patients.length)]
    const session = practice.sessions.findLast((other) => other.patientId === patient?.id)
    const atMs = nowMs - (n + 1) * 3 * HOUR_MS
    return {
      mutationId: MutationId.parse(fakeId(7, n)),
      status,
      code,
      atMs,
      wanted: session === undefined ? null : wantedOf(session, n, atMs - 60_000),
      scan:
        session === undefined || patient === undefined || code === 'not-found'
          ? null
          : {
              sessionId: session.id,
              patientName: listName(patient),
              reference: patient.reference,
              capturedOn: session.capturedOn,
            },
      winner:
        status === 'lost'
          ? {
              action: { kind: 'hold_aligner', days: 7 },
              deciderName: FAKE_PEOPLE[1]?.displayName ?? '',
              mine: false,
              recordedAtMs: atMs - 120_000,
            }
          : null,
      patientChange: null,
      mayRetry: code === 'auth.denied' || code === 'input.invalid',
      mayEdit: status !== 'lost' && code !== 'not-found',
    }
  })
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
