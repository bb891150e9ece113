import { CheckFlag } from '../../../preload/contract/photo-check.ts'
import { judgePhoto } from '../../../renderer/checks/judge-photo.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import type { Figure } from '../figure.ts'
import type { Row } from './measured.ts'

type Emit = (figure: Figure) => void
export type Share = { readonly name: string; readonly hits: number; readonly of: number }

const flagsOf = (row: Row, view: View = row.photo.view): readonly CheckFlag[] =>
  judgePhoto(row.measures, view).flags.map(({ flag }) => flag)

/** What each made case should be told as; a tilted or cropped side or arch is not looked for, and is in the table all the same. */
const WANTED: Readonly<Record<Exclude<Row['kind'], 'as_is' | 'variation'>, readonly CheckFlag[]>> = {
  blur: ['blur'],
  dark: ['dark'],
  overexposed: ['overexposed'],
  far: ['framing'],
  near: ['framing'],
  cut_top: ['framing'],
  cut_bottom: ['framing'],
  cut_left: ['framing'],
  cut_right: ['framing'],
  tilted: ['angle'],
  turned: ['upside_down', 'wrong_view', 'mirrored'],
  mirrored: ['mirrored'],
}

const GROUP: Readonly<Record<View, string>> = {
  frontal: 'frontal',
  buccal_right: 'buccal',
  buccal_left: 'buccal',
  occlusal_upper: 'occlusal',
  occlusal_lower: 'occlusal',
}

/** How many of the photos in which something was made wrong are told, by what and how strongly, and by kind of view. */
export function recalls(rows: readonly Row[]): readonly Share[] {
  const made = rows.flatMap((row) => {
    if (row.kind === 'as_is' || row.kind === 'variation') return []
    const isTold = flagsOf(row).some((flag) => WANTED[row.kind as keyof typeof WANTED].includes(flag))
    const name = [row.kind, row.strength].filter((part) => part !== '').join(' ')
    return [
      { name, isTold },
      { name: `${name}, ${GROUP[row.photo.view]}`, isTold },
    ]
  })
  return shares(made)
}

/** Each untouched photo filed as every other view. Told: by any flag of the view. Named: `looksLike` is right. */
export function wrongSlots(rows: readonly Row[]): readonly Share[] {
  const told = rows
    .filter(({ kind }) => kind === 'as_is' || kind === 'variation')
    .flatMap((row) =>
      VIEWS.filter((view) => view !== row.photo.view).flatMap((view) => {
        const flags = flagsOf(row, view)
        const isTold = flags.some((flag) => flag === 'wrong_view')
        const name = `filed as another view`
        return [
          { name, isTold },
          { name: `${name}, ${GROUP[row.photo.view]} as ${GROUP[view]}`, isTold },
        ]
      }),
    )
  return shares(told)
}

/** Named views: how often a name is given, and how often it is right. */
export function namedViews(rows: readonly Row[]): readonly Share[] {
  const named = rows
    .filter(({ kind }) => kind === 'as_is' || kind === 'variation')
    .flatMap((row) =>
      VIEWS.filter((view) => view !== row.photo.view).map((view) => ({
        looksLike: judgePhoto(row.measures, view).looksLike,
        truth: row.photo.view,
      })),
    )
  return [
    ...shares(named.map(({ looksLike }) => ({ name: 'view named', isTold: looksLike !== null }))),
    ...shares(
      named
        .filter(({ looksLike }) => looksLike !== null)
        .map(({ looksLike, truth }) => ({ name: 'named view is right', isTold: looksLike === truth })),
    ),
  ]
}

const FLAGS = CheckFlag.options

/** Of photos with nothing wrong: how many each flag is put on, and any at all. */
export function falseAlarms(rows: readonly Row[]): readonly Share[] {
  return shares(
    rows.flatMap((row) => {
      const flags = flagsOf(row)
      return [
        ...FLAGS.map((flag) => ({ name: flag, isTold: flags.includes(flag) })),
        { name: 'any flag', isTold: flags.length > 0 },
      ]
    }),
  )
}

export function shares(cases: readonly { readonly name: string; readonly isTold: boolean }[]): readonly Share[] {
  const names = [...new Set(cases.map(({ name }) => name))]
  return names.map((name) => {
    const own = cases.filter((one) => one.name === name)
    return { name, hits: own.filter(({ isTold }) => isTold).length, of: own.length }
  })
}

export function emitShares(emit: Emit, of: string, metric: string, all: readonly Share[]): void {
  for (const { name, hits, of: n } of all) {
    const share = Math.round((hits / n) * 10_000) / 10_000
    emit({ bench: 'checks', case: `${of}: ${name}`, metric, unit: 'share', p50: share, p95: share, p99: share, n })
  }
}
