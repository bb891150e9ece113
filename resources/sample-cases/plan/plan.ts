import { type Aligners, type Mirrored, type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { seededRandom, seedOf } from '../anatomy/random.ts'
import type { SceneSpec } from '../render/scene.ts'
import { type Flaw, flawsOf } from './flaws.ts'
import { makeMouth, type Mouth, offsetsBefore } from './mouth.ts'
import type { SamplePatient } from './patients.ts'

/** One visit: what is photographed and when. */
export type PlannedSession = {
  readonly reference: string
  /** `YYYY-MM-DD` in the practice's own time. */
  readonly capturedOn: string
  readonly stage: number | null
  readonly aligners: Aligners
  /** Sessions of this patient that are newer. */
  readonly age: number
  /** Aligner stages between this session and the newest one. */
  readonly stagesBefore: number
  /** Stages between this session and the one before it; null for the first. */
  readonly stagesSincePrevious: number | null
  readonly mouth: Mouth
  readonly photos: readonly PlannedPhoto[]
}

export type PlannedPhoto = {
  readonly view: View
  readonly flaws: readonly Flaw[]
  readonly mirrored: Mirrored
  /** The camera's local clock, `YYYY:MM:DD HH:MM:SS` as EXIF writes it. */
  readonly takenAt: string
  readonly scene: SceneSpec
  /** Of the lens, in pixels of the full-size photo. */
  readonly blurPx: number
  readonly noiseSeed: number
  readonly device: Device
}
export type Device = { readonly make: string; readonly model: string }

/** How many sessions each patient has, and how many days ago the newest was: places as in `patients.json`. */
const SESSION_COUNTS = [4, 3, 3, 2, 4, 3, 3, 2, 4, 3, 3, 2]
const NEWEST_DAYS_AGO = [0, 0, 1, 0, 1, 1, 2, 2, 3, 4, 5, 6]
const DEVICES: readonly Device[] = [
  { make: 'Halden', model: 'Halden P7' },
  { make: 'Orrin', model: 'Orrin Note 12' },
  { make: 'Macrolux', model: 'Macrolux D40 100mm' },
]
const DAY_MS = 86_400_000

/** All sessions of the sample practice, newest first over all patients. The same patients and day give the same plan. */
export function planPractice(patients: readonly SamplePatient[], today: string): readonly PlannedSession[] {
  const sessions = patients.flatMap((patient, index) => planPatient(patient, index, today))
  return sessions.toSorted(
    (a, b) => a.age - b.age || (a.capturedOn < b.capturedOn ? 1 : a.capturedOn > b.capturedOn ? -1 : 0),
  )
}

function planPatient(patient: SamplePatient, index: number, today: string): PlannedSession[] {
  const todayMs = Date.parse(`${today}T00:00:00Z`)
  const ageYears = patient.birthDate === null ? 30 : (todayMs - Date.parse(patient.birthDate)) / (365.25 * DAY_MS)
  const mouth = makeMouth(patient.reference, ageYears)
  const everyDays = patient.scanFrequencyDays ?? 14
  const count = SESSION_COUNTS[index] ?? 2
  const perSession = patient.currentStage === null ? 0 : Math.max(1, Math.round(everyDays / 7))
  return Array.from({ length: count }, (_, age) => {
    const capturedMs = todayMs - ((NEWEST_DAYS_AGO[index] ?? 0) + age * everyDays) * DAY_MS
    const capturedOn = new Date(capturedMs).toISOString().slice(0, 10)
    const stagesBefore = Math.min(age * perSession, patient.currentStage ?? 0)
    const before = Math.min((age + 1) * perSession, patient.currentStage ?? 0)
    const session = {
      reference: patient.reference,
      capturedOn,
      stage: patient.currentStage === null ? null : patient.currentStage - stagesBefore,
      aligners: (index % 3 === 1 ? 'in' : 'out') as Aligners,
      age,
      stagesBefore,
      stagesSincePrevious: age === count - 1 ? null : before - stagesBefore,
      mouth,
    }
    return { ...session, photos: planPhotos(session, flawsOf(index, age), index) }
  })
}

function planPhotos(
  session: Omit<PlannedSession, 'photos'>,
  flaws: Readonly<Record<View, readonly Flaw[]>>,
  index: number,
): PlannedPhoto[] {
  const random = seededRandom(seedOf('session', session.reference, session.age))
  const device = DEVICES[index % DEVICES.length] ?? { make: 'Halden', model: 'Halden P7' }
  const hour = 7 + Math.floor(random.between(0, 13))
  const light = { red: random.between(0.94, 1.07), blue: random.between(0.9, 1.08), gain: random.between(0.92, 1.1) }
  const jawOpenMm = Math.max(0, random.between(-2, 1.6))
  return VIEWS.filter((view) => !flaws[view].includes('missing')).map((view) => {
    const own = flaws[view]
    const flipped = own.includes('mirrored') || own.includes('mirrored-unsaid')
    const minute = String(10 + VIEWS.indexOf(view) * 2).padStart(2, '0')
    const gain = own.includes('dark') ? 0.09 : own.includes('overexposed') ? 12 : 1
    const close = session.age % 2 === 0 ? 1 : 1.03
    return {
      view,
      flaws: own,
      mirrored: own.includes('mirrored') ? 'uncorrected' : 'none',
      takenAt: `${session.capturedOn.replaceAll('-', ':')} ${String(hour).padStart(2, '0')}:${minute}:${String(Math.floor(random.between(10, 60)))}`,
      blurPx: own.includes('blurred') ? random.between(22, 30) : random.between(1.2, 2),
      noiseSeed: Math.floor(random.between(1, 2 ** 31)),
      device,
      scene: {
        view,
        forms: session.mouth.forms,
        offsets: offsetsBefore(session.mouth, session.stagesBefore),
        recessionMm: session.mouth.recessionMm,
        attachments: session.stage === null ? [] : session.mouth.attachments,
        look: { ...session.mouth.look, aligners: session.aligners === 'in' },
        jitter: {
          yawDeg: 2.6 * random.normal(),
          pitchDeg: 2.4 * random.normal(),
          rollDeg: 1.8 * random.normal(),
          rightMm: 1.3 * random.normal(),
          downMm: 1 * random.normal(),
          zoom: close * random.between(0.94, 1.06),
          distanceMm: 190 + random.between(-12, 14),
        },
        jawOpenMm,
        exposure: {
          ...light,
          gain: light.gain * gain,
          flashRightMm: random.between(24, 36),
          flashUpMm: random.between(0, 14),
        },
        flip: flipped ? -1 : 1,
      },
    }
  })
}
