import type { ArchForm, ToothOffset } from '../anatomy/arch.ts'
import { NO_OFFSET } from '../anatomy/arch.ts'
import { TEETH, type Arch } from '../anatomy/crown-table.ts'
import { type Random, seededRandom, seedOf } from '../anatomy/random.ts'
import type { Look } from '../render/colours.ts'

/** What does not change between a patient's sessions, and how the teeth move per aligner stage. */
export type Mouth = {
  readonly forms: Readonly<Record<Arch, ArchForm>>
  readonly recessionMm: number
  readonly attachments: readonly number[]
  readonly look: Omit<Look, 'aligners'>
  /** Where a tooth stands in the newest session. */
  readonly newest: ReadonlyMap<number, ToothOffset>
  /** Movement per stage towards the newest session; teeth that are absent stay still. */
  readonly perStage: ReadonlyMap<number, ToothOffset>
}

export function makeMouth(reference: string, ageYears: number): Mouth {
  const random = seededRandom(seedOf('mouth', reference))
  const newest = new Map<number, ToothOffset>()
  const perStage = new Map<number, ToothOffset>()
  const crowding = random.between(0.35, 1)
  for (const fdi of TEETH) {
    const position = fdi % 10
    newest.set(fdi, place(random, position >= 6 ? 0.25 : crowding))
    // Molars are the anchors; of the others about two in three move.
    if (position < 6 && random.next() < 0.62) perStage.set(fdi, step(random))
  }
  return {
    forms: makeForms(random),
    recessionMm: random.between(-0.4, 0.3) + Math.max(0, ageYears - 35) * 0.035,
    attachments: [13, 14, 23, 24, 33, 34, 43, 44, 12, 22].filter(() => random.next() < 0.55),
    look: makeLook(random, ageYears),
    newest,
    perStage,
  }
}

function makeForms(random: Random): Mouth['forms'] {
  const width = random.between(-1, 1.2)
  const depth = random.between(-1.5, 1.5)
  const overbiteMm = random.between(1.6, 3.6)
  const speeMm = random.between(0.6, 1.8)
  const setbackMm = random.between(3.2, 4)
  return {
    upper: { halfWidthMm: 25.5 + width, depthMm: 46 + depth, setbackMm: 0, overbiteMm, speeMm },
    lower: { halfWidthMm: 23.5 + width, depthMm: 43 + depth, setbackMm, overbiteMm, speeMm },
  }
}

function makeLook(random: Random, ageYears: number): Mouth['look'] {
  return {
    shade: Math.min(1, random.between(0, 0.5) + Math.max(0, ageYears - 20) * 0.009),
    gumDepth: random.between(0, 0.75),
    inflammation: random.next() ** 2 * 0.9,
    plaque: random.next() ** 2 * 0.8,
    fillings: ageYears > 25 ? [16, 26, 36, 46, 37, 15].filter(() => random.next() < 0.3) : [],
    textureSeed: Math.floor(random.between(1, 4000)),
  }
}

function place(random: Random, amount: number): ToothOffset {
  return {
    distalMm: 0.12 * amount * random.normal(),
    facialMm: 0.42 * amount * random.normal(),
    occlusalMm: 0.22 * amount * random.normal(),
    tipDeg: 2.4 * amount * random.normal(),
    torqueDeg: 2.4 * amount * random.normal(),
    rotationDeg: 5 * amount * random.normal(),
  }
}

/** What one aligner does: at most about a quarter of a millimetre and two degrees. */
function step(random: Random): ToothOffset {
  return {
    distalMm: 0.05 * random.normal(),
    facialMm: 0.1 * random.normal(),
    occlusalMm: 0.03 * random.normal(),
    tipDeg: 0.4 * random.normal(),
    torqueDeg: 0.4 * random.normal(),
    rotationDeg: 0.9 * random.normal(),
  }
}

/** Every field of `base` plus `times` x `change`. */
export function addOffset(base: ToothOffset, change: ToothOffset, times: number): ToothOffset {
  return {
    distalMm: base.distalMm + times * change.distalMm,
    facialMm: base.facialMm + times * change.facialMm,
    occlusalMm: base.occlusalMm + times * change.occlusalMm,
    tipDeg: base.tipDeg + times * change.tipDeg,
    torqueDeg: base.torqueDeg + times * change.torqueDeg,
    rotationDeg: base.rotationDeg + times * change.rotationDeg,
  }
}

/** Where every tooth stands a number of stages before the newest session. */
export function offsetsBefore(mouth: Mouth, stagesBefore: number): ReadonlyMap<number, ToothOffset> {
  return new Map(
    TEETH.map((fdi) => {
      const newest = mouth.newest.get(fdi) ?? NO_OFFSET
      const move = mouth.perStage.get(fdi)
      return [fdi, move === undefined ? newest : addOffset(newest, move, -stagesBefore)]
    }),
  )
}
