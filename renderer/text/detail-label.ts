import type { PracticeDetail } from '../../server/contract/domain/practice-rules.ts'
import { BUILT_IN_DETAILS, type BuiltInDetail, type DetailTag } from '../../server/contract/domain/tags.ts'
import type { TextKey } from './table.ts'
import type { Translate } from './text-context.tsx'
import { toothLabel } from './words.ts'

const CODES = Object.keys(BUILT_IN_DETAILS) as readonly BuiltInDetail[]

/** `unseat 22, 12 · 0.5 mm`. A word of the practice that this computer does not know is shown by its code. */
export function detailLabel(
  tag: DetailTag,
  t: Translate,
  numbers: 'fdi' | 'universal',
  own: readonly PracticeDetail[] = [],
): string {
  const known = CODES.find((code) => code === tag.code)
  const word = known === undefined ? ownWord(tag.code, own) : t(`detail.${known}` satisfies TextKey)
  const teeth = tag.teeth.map((tooth) => toothLabel(tooth, numbers)).join(', ')
  const mm = tag.mm === null ? '' : ` · ${t('review.mm', { mm: tag.mm })}`
  return `${word}${teeth === '' ? '' : ` ${teeth}`}${mm}`
}

function ownWord(code: string, own: readonly PracticeDetail[]): string {
  return own.find((one) => one.code === code)?.label ?? code.replace(/^x_/, '').replaceAll('_', ' ')
}
