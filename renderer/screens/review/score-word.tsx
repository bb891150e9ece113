import type { Score, ScoreField } from '../../../server/contract/domain/tags.ts'
import { useText } from '../../text/text-context.tsx'
import { scoreKey } from '../../text/words.ts'
import { StatusDot } from '../../ui/status-dot.tsx'

export const SCORE_TONES = { 1: 'ok', 2: 'minor', 3: 'off' } as const satisfies Record<Score, string>

/** `● on track`; for hygiene with its name, since `fair` alone says nothing. */
export function ScoreWord({ field, score }: { readonly field: ScoreField; readonly score: Score }) {
  const t = useText()
  const word = t(scoreKey(field, score))
  return (
    <StatusDot tone={SCORE_TONES[score]}>{field === 'oralHygiene' ? t('queue.hygiene', { word }) : word}</StatusDot>
  )
}
