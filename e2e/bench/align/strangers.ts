import type { OtherSide } from '../../../renderer/align/align-features.ts'
import type { PhotoFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { type Took, tryPair } from './measure.ts'
import { type Prepared, wereCutOffsSetOn } from './prepared.ts'
import { type Emit, emitShare, say } from './report.ts'

type Try = {
  readonly current: Prepared
  readonly prior: PhotoFeatures
  readonly name: string
  readonly otherSide?: OtherSide | undefined
}

/** (d) What must be refused, on people that the cut-offs were not set on; the others are told apart by name. */
export function benchStrangers(cv: OpenCv, photos: readonly Prepared[], emit: Emit): readonly Took[] {
  const took: Took[] = []
  for (const isSet of [false, true]) {
    const people = photos.filter(({ person }) => wereCutOffsSetOn(person) === isSet)
    const suffix = isSet ? ' (cut-offs set here)' : ''
    for (const [kind, tries] of Object.entries(kindsOf(people))) {
      say(`${kind}${suffix}: ${tries.length}`)
      const isRefused = tries.map(({ current, name, ...photos }) => {
        const pair = { ...photos, current: current.features, view: current.view }
        const { transform, took: time, answer } = tryPair(cv, pair)
        took.push(time)
        if (transform) process.stderr.write(`${kind}: accepted ${current.file} ${name} ${describe(answer.evidence)}\n`)
        return transform === undefined
      })
      emitShare(emit, { case: `${kind}${suffix}`, metric: 'refused' }, isRefused)
    }
  }
  return took
}

const describe = (evidence: object) =>
  Object.entries(evidence)
    .map(([name, value]) => `${name} ${Number(value).toFixed(2)}`)
    .join(' ')

export function kindsOf(photos: readonly Prepared[]): Readonly<Record<string, readonly Try[]>> {
  const pairs = photos.flatMap((current) =>
    photos.filter((one) => one !== current).map((prior) => [current, prior] as const),
  )
  const plain = (isWanted: (a: Prepared, b: Prepared) => boolean): readonly Try[] =>
    pairs.filter(([a, b]) => isWanted(a, b)).map(([current, b]) => ({ current, prior: b.features, name: b.file }))
  const mirrored = (isWanted: (a: Prepared, b: Prepared) => boolean): readonly Try[] =>
    pairs
      .filter(([a, b]) => isWanted(a, b))
      .map(([current, b]) => ({ current, prior: mirror(b.features), name: b.file }))
  const wrongSide = mirrored((a, b) => a.person === b.person && a.label === 'right_buccal' && b.label === 'left_buccal')
  const featuresOf = (name: string) => photos.find((one) => one.file === name)?.features
  return {
    'other mouth': plain((a, b) => a.person !== b.person && a.label === b.label),
    'other view': plain((a, b) => a.person === b.person && a.file < b.file && shows(a) !== shows(b)),
    'own mirror': photos.map((current) => ({ current, prior: mirror(current.features), name: 'itself' })),
    'mirrored repeat': mirrored((a, b) => a.person === b.person && a.label === b.label),
    'right against mirrored left, alone': wrongSide,
    // The prior scan as a practice has it: one photo was mirrored, or all of them were. Then without it, beside the
    // current scan's photo of the other side.
    'right against mirrored left, one photo mirrored': wrongSide.map((one) => ({
      ...one,
      otherSide: sideOf('prior', featuresOf(one.name)),
    })),
    'right against mirrored left, whole scan mirrored': wrongSide.map((one) => ({
      ...one,
      otherSide: sideOf('prior', mirrorOfAnother(photos, one.current)),
    })),
    "right against mirrored left, current scan's other side": wrongSide.map((one) => ({
      ...one,
      otherSide: sideOf('current', otherThan(photos, one)),
    })),
  }
}

const sideOf = (of: OtherSide['of'], photo: PhotoFeatures | undefined): OtherSide | undefined => photo && { of, photo }

/** What the current scan shows of the left side: with another bite than the mirrored prior, which would be the same photo. */
function otherThan(photos: readonly Prepared[], { current, name }: Try): PhotoFeatures | undefined {
  return photos.find((one) => one.person === current.person && one.label === 'left_buccal' && one.file !== name)
    ?.features
}

/** The right side's other photo, mirrored: what stands in the left side's place when the whole scan was mirrored. */
function mirrorOfAnother(photos: readonly Prepared[], { file, person, label }: Prepared): PhotoFeatures | undefined {
  const other = photos.find((one) => one.person === person && one.label === label && one.file !== file)
  return other && mirror(other.features)
}

/** Close-ups of an arch's front show the same teeth as the whole arch, and may be lined up with it. */
const shows = ({ label }: Prepared) => label.replace('_anterior', '_occlusal')

function mirror(photo: PhotoFeatures): PhotoFeatures {
  const { widthPx } = photo
  const turned = (bytes: Uint8Array) => bytes.map((_, at) => bytes[at - 2 * (at % widthPx) + widthPx - 1] ?? 0)
  return {
    ...photo,
    points: photo.mirrored,
    mirrored: photo.points,
    levelled: turned(photo.levelled),
    teeth: turned(photo.teeth),
  }
}
