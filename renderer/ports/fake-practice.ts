import {
  ActionId,
  PatientId,
  PersonId,
  PhotoHash,
  PracticeId,
  ReadId,
  SessionId,
} from '../../server/contract/domain/ids.ts'
import type { Patient } from '../../server/contract/domain/patients.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { PhotoFacts, PhotoRefusal, QualityFlag } from '../../server/contract/domain/photos.ts'
import type { Action, Read } from '../../server/contract/domain/reads.ts'
import type { ScanSession, SessionImage } from '../../server/contract/domain/sessions.ts'
import type { ActionTaken, Score } from '../../server/contract/domain/tags.ts'
import { VIEWS } from '../../server/contract/domain/views.ts'
import { fakeHash } from './fake-scene.ts'

export type FakePractice = {
  readonly people: readonly Person[]
  readonly patients: readonly Patient[]
  /** Newest last within a patient. */
  readonly sessions: ScanSession[]
  readonly reads: Read[]
  readonly actions: Action[]
}

const NAMES = [
  'Okafor, Adaeze',
  'Lindqvist, Tove',
  'Nguyen, Bao',
  'Haddad, Samir',
  'Moreau, Chloé',
  'Silva Andrade, João Pedro',
  'Kowalska, Zofia',
  'Tanaka, Yui',
  'Abiodun, Kemi',
  'Fischer, Lukas',
  'Ramírez, Lucía',
  'Petrov, Daniil',
  'O’Brien, Saoirse',
  'Khan, Ayaan',
  'Rossi, Giulia',
  'von Hohenstein-Wittgenfels, Maximiliane Anneliese Theodora',
  'Costa, Rafael',
  'Dubois, Inès',
  'Park, Seo-yeon',
  'Novák, Jakub',
  'Ali, Maryam',
  'Schmidt, Emil',
] as const // prettier-ignore
const FAMILIES = [
  'Bianchi',
  'Wójcik',
  'Jensen',
  'Chen',
  'Virtanen',
  'Santos',
  'Hansen',
  'Garcia',
  'Müller',
  'Ito',
] as const
const GIVEN = ['Sofia', 'Antoni', 'Alma', 'Wei', 'Onni', 'Beatriz', 'Noah', 'Mateo', 'Hannah'] as const
const BRANDS = ['Spark', 'Invisalign', 'Angel', 'ClearCorrect'] as const
const FLAGS: readonly QualityFlag[] = ['soft_focus', 'dark', 'overexposed', 'low_resolution']
const REFUSALS: readonly PhotoRefusal[] = ['damaged', 'truncated', 'too-small']
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A UUID that says what it names: fakes must pass the real schemas. */
export function fakeId(kind: number, n: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

export const FAKE_PRACTICE = { id: PracticeId.parse(fakeId(1, 1)), name: 'Northside Orthodontics' }
export const FAKE_PEOPLE: readonly Person[] = [
  'Dr Alma Reyes',
  'Dr Jonas Adler',
  'Dr Naledi Mbeki',
  'Dr Leonhard von Schwarzenfels-Brunnhuber',
].map((name, i) => ({
  id: PersonId.parse(fakeId(2, i)),
  displayName: name,
  roles: ['clinician'],
  active: true,
}))

/** `waitingCount` sessions without a read, each with up to six earlier ones; the same for the same arguments. */
export function makeFakePractice(waitingCount: number, nowMs: number): FakePractice {
  const practice: FakePractice = { people: FAKE_PEOPLE, patients: [], sessions: [], reads: [], actions: [] }
  const patients: Patient[] = []
  for (let i = 0; i < waitingCount; i++) {
    const patient = makePatient(i)
    patients.push(patient)
    const scanCount = i % 9 === 4 ? 1 : 2 + ((i * 5) % 6)
    for (let back = scanCount - 1; back >= 0; back--) addScan(practice, patient, i, back, nowMs)
  }
  return { ...practice, patients }
}

function makePatient(i: number): Patient {
  const name = NAMES[i] ?? `${FAMILIES[i % 10] ?? ''}, ${GIVEN[(i * 7) % 9] ?? ''}`
  const [familyName = '', givenName = ''] = name.split(', ')
  const isUnregistered = i % 17 === 12
  return {
    id: PatientId.parse(fakeId(3, i)),
    reference: `N-${String(20_140 + i * 13)}`,
    givenName: isUnregistered ? '' : givenName,
    familyName: isUnregistered ? `N-${String(20_140 + i * 13)}` : familyName,
    birthDate: isUnregistered ? null : `${2000 + ((i * 5) % 13)}-${String(1 + (i % 12)).padStart(2, '0')}-14`,
    treatmentType: isUnregistered ? null : 'aligners',
    alignerBrand: isUnregistered ? null : (BRANDS[i % 4] ?? null),
    currentStage: isUnregistered ? null : 6 + ((i * 7) % 19),
    totalStages: isUnregistered ? null : 26 + (i % 4) * 2,
    scanFrequencyDays: isUnregistered ? null : 14,
    status: isUnregistered ? 'unregistered' : i % 8 === 5 ? 'refinement' : 'active',
    doctorId: isUnregistered ? null : (FAKE_PEOPLE[i % 3]?.id ?? null),
    revision: 1,
  }
}

function addScan(practice: FakePractice, patient: Patient, i: number, back: number, nowMs: number): void {
  const n = practice.sessions.length
  const submittedAtMs = nowMs - (0.4 + ((i * 0.9) % 56)) * HOUR_MS - back * 14 * DAY_MS
  const session: ScanSession = {
    id: SessionId.parse(fakeId(4, n)),
    patientId: patient.id,
    capturedOn: new Date(submittedAtMs).toISOString().slice(0, 10),
    submittedAtMs: Math.round(submittedAtMs),
    stage: patient.currentStage === null ? null : Math.max(1, patient.currentStage - back),
    // Of some, the earlier scans were taken the other way round.
    aligners: (i % 5 === 3) === (i % 7 === 2 && back > 0) ? 'in' : 'out',
    images: VIEWS.flatMap((view, v): SessionImage[] => {
      if (back === 0 && i % 10 === 4 && view === 'occlusal_lower') return []
      if (back === 0 && i % 13 === 6 && view === 'buccal_left')
        return [{ view, mirrored: 'none', photo: null, refusal: REFUSALS[i % 3] ?? 'damaged' }]
      const flag = back === 0 && (i * 5 + v) % 21 === 0 ? [FLAGS[i % 4] ?? 'dark'] : []
      const mirrored = back === 0 && i % 11 === 9 && v === 0 ? 'uncorrected' : 'none'
      return [{ view, mirrored, photo: makePhoto(fakeHash(v, n), flag), refusal: null }]
    }),
    version: 1,
  }
  practice.sessions.push(session)
  const hasRead = back > 0 || i % 6 === 5
  if (hasRead) addRead(practice, session, i + back, i % 3)
  if (hasRead && back === 0 && i % 12 === 5) addDispute(practice, session, i)
}

function makePhoto(hash: string, flags: QualityFlag[]): PhotoFacts {
  const rendition = (widthPx: number) => ({ sha256: hash, bytes: 60_000, widthPx, heightPx: (widthPx * 3) / 4 })
  const good = flags.length === 0
  return {
    hash: PhotoHash.parse(hash),
    mediaType: 'image/jpeg',
    bytes: 3_400_000,
    widthPx: 4032,
    heightPx: 3024,
    renditions: { '512': rendition(512), '2048': rendition(2048) },
    quality: { sharpness: good ? 0.8 : 0.2, exposure: 0.5, clipped: 0.01, score: good ? 0.8 : 0.2, flags },
    capturedAt: null,
    camera: 'Apple iPhone 15',
    hadPosition: false,
  }
}

/** Of 24: once two colleagues differ, once the signed-in person is one of the two; of 48, once three reads stand. */
function addDispute(practice: FakePractice, session: ScanSession, i: number): void {
  addRead(practice, session, i + 1, i % 24 === 17 ? 0 : 3)
  if (i % 48 === 29) addRead(practice, session, i + 3, 1)
}

function addRead(practice: FakePractice, session: ScanSession, seed: number, reader: number): void {
  const n = practice.reads.length
  const score = (k: number): Score => (seed % k === 0 ? 3 : seed % k < 3 ? 2 : 1)
  const action: ActionTaken =
    seed % 4 === 0
      ? { kind: 'hold_aligner', days: 7 }
      : { kind: 'approve_progression', toStage: (session.stage ?? 0) + 1 }
  const read: Read = {
    readId: ReadId.parse(fakeId(5, n)),
    sessionId: session.id,
    sessionVersion: 1,
    overallTracking: score(9),
    alignerFit: session.aligners === 'out' ? null : score(7),
    oralHygiene: score(5),
    aligners: session.aligners,
    detailTags: seed % 3 === 0 ? [{ code: 'unseat', teeth: [12, 22], mm: 0.5 }] : [],
    action,
    notes: seed % 3 === 0 ? 'Chewies on 22 for three days.' : '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: session.submittedAtMs + HOUR_MS,
    readerId: FAKE_PEOPLE[reader]?.id ?? PersonId.parse(fakeId(2, 0)),
    recordedAtMs: session.submittedAtMs + HOUR_MS + n,
  }
  practice.reads.push(read)
  const isFirst = practice.actions.every((earlier) => earlier.sessionId !== session.id)
  practice.actions.push({
    id: ActionId.parse(fakeId(6, n)),
    sessionId: session.id,
    patientId: session.patientId,
    readId: read.readId,
    kind: action.kind,
    action,
    decidedBy: read.readerId,
    outcome: isFirst ? 'won' : 'would_have_done',
    recordedAtMs: read.recordedAtMs,
  })
}
