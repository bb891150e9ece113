import type { ErrorCode } from '../../server/contract/errors.ts'
import { SCORE_WORDS, type Score, type ScoreField } from '../../server/contract/domain/tags.ts'
import { type Tooth, toUniversal } from '../../server/contract/domain/teeth.ts'
import type { TextKey } from './table.ts'

/** Key of a score's word: `1 is best`, and screens print the word. */
export function scoreKey(field: ScoreField, score: Score) {
  const word: (typeof SCORE_WORDS)[ScoreField][Score] = SCORE_WORDS[field][score]
  return `score.${word}` satisfies TextKey
}

export function errorKey(code: ErrorCode) {
  return `error.${code}` satisfies TextKey
}

/** A tooth in the numbers this person prefers; stored always as FDI. */
export function toothLabel(tooth: Tooth, numbers: 'fdi' | 'universal'): string {
  return String(numbers === 'fdi' ? tooth : toUniversal(tooth))
}
