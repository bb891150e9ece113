import type { DetailTag } from '../../../server/contract/domain/tags.ts'
import { fromUniversal, Tooth, toUniversal } from '../../../server/contract/domain/teeth.ts'
import { fold, rankWord } from './rank-word.ts'

export type ToothNumbers = 'fdi' | 'universal'
/** A word of the vocabulary, the built-in ones in the person's language; whether it goes with teeth and millimetres. */
export type DetailWord = {
  readonly code: DetailTag['code']
  readonly word: string
  readonly teeth: boolean
  readonly mm: boolean
}
export type ParsedDetail = {
  /** Tags that the text may mean, best first. */
  readonly matches: readonly DetailTag[]
  /** A number that is neither a tooth nor millimetres, as typed. */
  readonly unknownNumber: string | null
}

const MAX_MM = 20
const RANGE = /^(\d{1,2})[-–](\d{1,2})$/
const MM = /^(\d{1,2}(?:[.,]\d+)?)mm$|^(\d{1,2}[.,]\d+)$/

/** `unseat 22 0.5` -> unseat, tooth 22, 0.5 mm. Teeth in the person's own numbers, ranges as `13-23`, words fuzzy. */
export function parseDetail(text: string, vocabulary: readonly DetailWord[], numbers: ToothNumbers): ParsedDetail {
  const tokens = fold(text)
    .replace(/(\d)\s+mm\b/g, '$1mm')
    .split(/[\s;]+|,(?!\d)/)
    .flatMap((token) => splitTeeth(token, numbers))
    .filter((token) => token !== '')
  const words = tokens.filter((token) => !/^\d/.test(token))
  const teeth: number[] = []
  let mm: number | null = null
  let unknownNumber: string | null = null
  for (const token of tokens.filter((token) => /^\d/.test(token))) {
    const asMm = findMm(token)
    const asTeeth = findTeeth(token, numbers)
    if (asMm !== undefined) mm = asMm
    else if (asTeeth !== undefined) teeth.push(...asTeeth)
    // `unseat 22 1`: after a tooth, a whole number that is no tooth is millimetres.
    else if (teeth.length > 0 && /^\d+$/.test(token) && Number(token) <= MAX_MM) mm = Number(token)
    else unknownNumber = token
  }
  const matches = vocabulary
    .map((one) => ({ ...one, rank: rankWord(words, fold(one.word)) }))
    .filter((one) => one.rank > 0 && (teeth.length === 0 || one.teeth) && (mm === null || one.mm))
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ code }): DetailTag => ({ code, teeth: [...new Set(teeth)].slice(0, 32), mm }))
  return { matches: unknownNumber === null ? matches : [], unknownNumber }
}

/** `11,12` is two teeth and no 11.12 mm; `0,5` is half a millimetre. Universal numbers are at home where decimals have a point. */
function splitTeeth(token: string, numbers: ToothNumbers): string[] {
  const parts = token.split(',')
  return parts.length > 1 && parts.every((part) => findTeeth(part, numbers) !== undefined) ? parts : [token]
}

function findMm(token: string): number | undefined {
  const found = MM.exec(token)
  const written = found?.[1] ?? found?.[2]
  const mm = written === undefined ? Number.NaN : Number(written.replace(',', '.'))
  return mm <= MAX_MM ? mm : undefined
}

function findTeeth(token: string, numbers: ToothNumbers): number[] | undefined {
  const range = RANGE.exec(token)
  if (range === null) {
    const tooth = findTooth(token, numbers)
    return tooth === undefined ? undefined : [tooth]
  }
  const ends = [findTooth(range[1] ?? '', numbers), findTooth(range[2] ?? '', numbers)]
  const [from, to] = ends
    .filter((tooth) => tooth !== undefined)
    .map(toUniversal)
    .toSorted((a, b) => a - b)
  // Universal numbers follow each arch from one end to the other: a range is the teeth between, within one arch.
  if (from === undefined || to === undefined || (from <= 16 && to > 16)) return undefined
  return Array.from({ length: to - from + 1 }, (_, i) => fromUniversal(from + i))
}

function findTooth(token: string, numbers: ToothNumbers): number | undefined {
  if (!/^\d{1,2}$/.test(token)) return undefined
  const n = Number(token)
  if (numbers === 'universal') return n >= 1 && n <= 32 ? fromUniversal(n) : undefined
  return Tooth.safeParse(n).success ? n : undefined
}
