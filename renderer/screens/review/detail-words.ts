import type { PracticeDetail } from '../../../server/contract/domain/practice-rules.ts'
import { BUILT_IN_DETAILS, type BuiltInDetail } from '../../../server/contract/domain/tags.ts'
import type { TextKey } from '../../text/table.ts'
import type { Translate } from '../../text/text-context.tsx'
import type { DetailWord } from './parse-detail.ts'

const CODES = Object.keys(BUILT_IN_DETAILS) as readonly BuiltInDetail[]

/** Every word that may be typed: the practice's own ones first, for they were made on purpose. */
export function detailWords(t: Translate, own: readonly PracticeDetail[] = []): DetailWord[] {
  return [
    ...own.filter(({ retired }) => !retired).map(({ code, label, teeth, mm }) => ({ code, word: label, teeth, mm })),
    ...CODES.map((code) => ({ code, word: t(`detail.${code}` satisfies TextKey), ...BUILT_IN_DETAILS[code] })),
  ]
}
