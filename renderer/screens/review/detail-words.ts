import { BUILT_IN_DETAILS, type BuiltInDetail, type DetailTag } from '../../../server/contract/domain/tags.ts'
import type { TextKey } from '../../text/table.ts'
import type { Translate } from '../../text/text-context.tsx'
import { toothLabel } from '../../text/words.ts'
import type { DetailWord, ToothNumbers } from './parse-detail.ts'

const CODES = Object.keys(BUILT_IN_DETAILS) as readonly BuiltInDetail[]

export function detailWords(t: Translate): DetailWord[] {
  return CODES.map((code) => ({ code, word: t(`detail.${code}` satisfies TextKey) }))
}

/** `unseat 22, 12 · 0.5 mm`. A practice's own code has no sentence: it is shown as it is written. */
export function detailLabel(tag: DetailTag, t: Translate, numbers: ToothNumbers): string {
  const known = CODES.find((code) => code === tag.code)
  const word =
    known === undefined ? tag.code.replace(/^x_/, '').replaceAll('_', ' ') : t(`detail.${known}` satisfies TextKey)
  const teeth = tag.teeth.map((tooth) => toothLabel(tooth, numbers)).join(', ')
  const mm = tag.mm === null ? '' : ` · ${t('review.mm', { mm: tag.mm })}`
  return `${word}${teeth === '' ? '' : ` ${teeth}`}${mm}`
}
