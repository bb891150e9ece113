import { type Random, seededRandom } from '../../torture/random.ts'
import type { CrashAt } from '../workstation/disk.ts'
import type { StopAt } from '../server/statement-gate.ts'
import type { Fate } from './fates.ts'
import type { Plan, Scene, Step } from './steps.ts'

/** A whole run from one number. */
export function makePlan(seed: number): Plan {
  const random = seededRandom(seed * 7919 + 17)
  const count = random.between(20, 45)
  // Each run has its own weather: one where everything breaks all the time explores little.
  const weather = { faults: random.pick([0.1, 0.3, 0.5, 0.7]), crashes: random.pick([0, 0.1, 0.2, 0.3]) }
  const scene = makeScene(random, weather)
  const steps = Array.from({ length: count }, () => makeStep(random, scene, weather))
  return { seed, scene, steps: withinMemory(steps) }
}

/** The server remembers verdicts for 180 days: what comes again after that is another story. */
const MOST_DAYS_AWAY = 130

function withinMemory(steps: readonly Step[]): Step[] {
  let days = 0
  return steps.filter((step) => {
    if (step.do !== 'away') return true
    days += step.days
    return days <= MOST_DAYS_AWAY
  })
}

function makeScene(random: Random, weather: Weather): Scene {
  const practices = Array.from({ length: random.next() < 0.25 ? 2 : 1 }, () => ({
    people: random.between(2, 3),
    patients: random.between(1, 2),
    scans: random.between(1, 3),
  }))
  const stations = Array.from({ length: random.between(1, 4) }, (_, n) => {
    const practice = n % practices.length
    const people = practices[practice]?.people ?? 1
    const first = random.between(0, people - 1)
    const used = random.next() < 0.35 ? [first, (first + 1) % people] : [first]
    return { practice, people: used, first: makeFates(random, weather), ...crash(random, weather) }
  })
  return { practices, stations, pageRows: random.pick([1, 2, 3, 3, 5, 8, 8, 1000]) }
}

type Weather = { readonly faults: number; readonly crashes: number }
type Make = (random: Random, scene: Scene, weather: Weather) => Step

const MAKERS: readonly (readonly [weight: number, make: Make])[] = [
  [
    22,
    (random, scene, weather) => ({
      do: 'decide',
      at: at(random, scene),
      scan: random.between(0, 9),
      kind: random.between(0, 99),
      ...crash(random, weather),
    }),
  ],
  [
    22,
    (random, scene, weather) => ({
      do: 'sync',
      at: at(random, scene),
      push: makeFates(random, weather, makePushFate),
      pull: makeFates(random, weather),
      ...crash(random, weather),
    }),
  ],
  [
    14,
    (random, scene, weather) => ({
      do: 'wait',
      ms: random.pick([900, 900, 900, 2000, 2000, 20_000, 70_000]),
      ...crashOf(random, scene, weather),
    }),
  ],
  [3, (random, scene) => ({ do: 'take-back', at: at(random, scene) })],
  [3, (random, scene) => ({ do: 'crash', at: at(random, scene) })],
  [3, (random, scene) => ({ do: 'switch', at: at(random, scene), person: random.between(0, 1) })],
  [
    2,
    (random, scene) => ({
      do: 'clock',
      at: at(random, scene),
      byMs: random.pick([-172_800_000, -3_600_000, -3000, 3000, 3_600_000, 172_800_000]),
    }),
  ],
  [4, (random, scene) => ({ do: 'cable', at: at(random, scene), cut: random.next() < 0.5 })],
  [2, (random, scene) => ({ do: 'sign-in', at: at(random, scene), over: random.next() < 0.4 })],
  [5, (random) => ({ do: 'release', held: random.between(0, 5) })],
  [5, (random) => ({ do: 'stale', request: random.between(0, 9) })],
  [2, () => ({ do: 'restart' })],
  [
    4,
    (random, scene) => ({
      do: 'scan',
      practice: random.between(0, scene.practices.length - 1),
      patient: random.between(0, 3),
    }),
  ],
  [
    2,
    (random, scene) => ({
      do: 'role',
      practice: random.between(0, scene.practices.length - 1),
      person: random.between(0, 2),
      clinician: random.next() < 0.5,
    }),
  ],
  [
    4,
    (random, scene) => ({
      do: 'attend',
      at: at(random, scene),
      entry: random.between(0, 3),
      how: random.pick(['retry', 'retry', 'discard', 'confirm', 'confirm']),
    }),
  ],
  [3, (random, scene) => ({ do: 'disk', at: at(random, scene), full: random.next() < 0.4 })],
  [1, (random, scene) => ({ do: 'version', at: at(random, scene), old: random.next() < 0.4 })],
  [
    6,
    (random, scene, weather) => ({
      do: 'patient',
      at: at(random, scene),
      patient: random.between(0, 3),
      stage: random.between(0, 5),
      ...crash(random, weather),
    }),
  ],
  [
    9,
    (random, scene, weather) => ({
      do: 'practice',
      at: at(random, scene),
      work: random.pick(['rules', 'goal', 'goal', 'goal', 'ask', 'ask', 'answer', 'answer', 'answer']),
      number: random.between(0, 9),
      ...crash(random, weather),
    }),
  ],
  [
    3,
    (random, scene) => ({
      do: 'withdraw',
      practice: random.between(0, scene.practices.length - 1),
      scan: random.between(0, 5),
    }),
  ],
  [
    6,
    (random, scene, weather) => ({
      do: 'show',
      at: at(random, scene),
      photo: random.between(0, 9),
      fates: makePhotoFates(random, weather),
      ...crash(random, weather),
    }),
  ],
  [2, (random) => ({ do: 'away', days: random.pick([1, 2, 31, 91]) })],
  [0.7, (random, scene) => ({ do: 'damage', at: at(random, scene), row: random.between(0, 20) })],
]
const TOTAL = MAKERS.reduce((sum, [weight]) => sum + weight, 0)

function makeStep(random: Random, scene: Scene, weather: Weather): Step {
  let left = random.next() * TOTAL
  for (const [weight, make] of MAKERS) {
    left -= weight
    if (left < 0) return make(random, scene, weather)
  }
  return { do: 'restart' }
}

function at(random: Random, scene: Scene): number {
  return random.between(0, scene.stations.length - 1)
}

function crash(random: Random, weather: Weather): { crash?: CrashAt } {
  return random.next() < weather.crashes ? { crash: makeCrash(random) } : {}
}

function crashOf(random: Random, scene: Scene, weather: Weather): { crash?: CrashAt & { at: number } } {
  return random.next() < weather.crashes ? { crash: { ...makeCrash(random), at: at(random, scene) } } : {}
}

function makeCrash(random: Random): CrashAt {
  return { write: random.between(1, 5), when: random.next() < 0.5 ? 'before' : 'after' }
}

function makeFates(random: Random, weather: Weather, make = makeFate): Fate[] {
  const count = random.between(1, 4)
  return Array.from({ length: count }, () => (random.next() < weather.faults ? make(random) : { kind: 'ok' }))
}

/** What is most dangerous for a change: transactions side by side, and answers that do not come. */
function makePushFate(random: Random): Fate {
  if (random.next() < 0.35) return { kind: 'hold', at: makeStop(random) }
  return random.next() < 0.3 ? { kind: random.pick(['answer-lost', 'late', 'twice'] as const) } : makeFate(random)
}

/** First the request for the address, then the bytes. */
function makePhotoFates(random: Random, weather: Weather): Fate[] {
  const bytes = random.pick<Fate['kind']>(['truncated', 'garbled', 'answer-lost', 'refused']) as 'truncated' // none of these says more
  return random.next() < weather.faults
    ? [random.next() < 0.3 ? makeFate(random) : { kind: 'ok' }, { kind: bytes }, { kind: 'ok' }, { kind: bytes }]
    : []
}

function makeFate(random: Random): Fate {
  return random.pick<(random: Random) => Fate>([
    () => ({ kind: 'refused' }),
    () => ({ kind: 'lost' }),
    () => ({ kind: 'answer-lost' }),
    () => ({ kind: 'late' }),
    () => ({ kind: 'twice' }),
    () => ({ kind: 'slow', half: random.next() < 0.5 ? 'request' : 'answer' }),
    () => ({ kind: 'hold', at: makeStop(random) }),
    () => ({ kind: 'hold', at: makeStop(random) }),
    () => ({ kind: 'die', at: makeStop(random) }),
    () => ({ kind: 'die-after', commit: random.between(1, 3) }),
    () => ({ kind: 'expired' }),
    () => ({ kind: random.next() < 0.5 ? 'proxy' : 'busy' }),
  ])(random)
}

function makeStop(random: Random): StopAt {
  return random.next() < 0.5 ? { commit: random.between(1, 3) } : { statement: random.between(1, 40) }
}
