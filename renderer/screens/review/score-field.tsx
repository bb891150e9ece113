import type { KeyboardEvent } from 'react'
import type { Score, ScoreField } from '../../../server/contract/domain/tags.ts'
import { useText } from '../../text/text-context.tsx'
import { scoreKey } from '../../text/words.ts'
import { SCORE_TONES } from './score-word.tsx'
import { scoreId } from './element-ids.ts'

const VALUES: readonly Score[] = [1, 2, 3]
const SHAPES = { ok: '●', minor: '▲', off: '■' } as const
const CHOSEN = {
  ok: 'bg-[#233a2c] text-[#bfe8cc] shadow-[inset_0_-2px_var(--ok)]',
  minor: 'bg-[#3a3320] text-[#f0dca0] shadow-[inset_0_-2px_var(--minor)]',
  off: 'bg-[#42282a] text-[#f7c3bd] shadow-[inset_0_-2px_var(--off)]',
} as const

type Props = {
  readonly field: ScoreField
  readonly value: Score | null
  readonly last: Score | null
  /** 1, 2 and 3 go to this score. */
  readonly active: boolean
  /** Why it cannot be set now. */
  readonly disabledBecause: string | null
  readonly readOnly: boolean
  readonly onChange: (value: Score) => void
  readonly onFocus: () => void
}

/** One score as three words; left and right choose, 1 2 3 set it. */
export function ScoreFieldset({ last, active, ...radios }: Props) {
  const t = useText()
  const { field, disabledBecause, readOnly } = radios
  return (
    <div
      className={`rounded-[6px] border p-1.5 [@media(max-height:800px)]:py-1 ${active && !readOnly ? 'border-accent' : 'border-transparent forced-colors:border-[Canvas]'}`}
    >
      <div className="mb-1 flex justify-between gap-2 text-13 [@media(max-height:800px)]:mb-0">
        <span className="font-semibold">{t(`score.${field}`)}</span>
        <span className="text-11 text-dim">
          {disabledBecause ?? (last === null ? '' : t('review.lastTime', { word: t(scoreKey(field, last)) }))}
        </span>
      </div>
      <ScoreRadios {...radios} />
    </div>
  )
}

type RadiosProps = Pick<Props, 'field' | 'value' | 'disabledBecause' | 'readOnly' | 'onChange' | 'onFocus'> & {
  /** `stacked`: one word below the other, where the place is narrow; `low`: side by side in one line. */
  readonly shape?: 'wide' | 'stacked' | 'low'
}

/** The group itself takes the focus: screen readers hear name and value, one tab stop per score. */
export function ScoreRadios(props: RadiosProps) {
  const { field, value, disabledBecause, readOnly, onChange, onFocus, shape = 'wide' } = props
  const t = useText()
  const isOff = disabledBecause !== null || readOnly
  const name = t(`score.${field}`)
  const stacked = shape === 'stacked'
  const [back, on] = stacked ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']
  function arrow(event: KeyboardEvent<HTMLDivElement>) {
    const by = event.key === on ? 1 : event.key === back ? -1 : 0
    if (by === 0 || isOff) return
    event.preventDefault()
    onChange(VALUES[Math.min(2, Math.max(0, (value ?? (by === 1 ? 0 : 4)) + by - 1))] ?? 1)
  }
  return (
    <div
      id={scoreId(field)}
      role="radiogroup"
      aria-label={disabledBecause === null ? name : `${name}, ${disabledBecause}`}
      aria-disabled={isOff}
      aria-orientation={stacked ? 'vertical' : 'horizontal'}
      aria-activedescendant={value === null ? undefined : `${scoreId(field)}-${value}`}
      tabIndex={0}
      onFocus={onFocus}
      onKeyDown={arrow}
      className={`grid gap-px overflow-hidden rounded-[5px] border border-line bg-line ${stacked ? 'grid-rows-3' : 'grid-cols-3'}`}
    >
      {VALUES.map((score) => (
        <button
          key={score}
          id={`${scoreId(field)}-${score}`}
          type="button"
          role="radio"
          aria-checked={value === score}
          tabIndex={-1}
          disabled={isOff}
          onClick={() => onChange(score)}
          className={`flex items-center gap-1.5 pr-1 pl-2 text-left text-11 leading-[13px] ${shape === 'wide' ? 'min-h-9 py-1' : 'min-h-6'} ${value === score ? CHOSEN[SCORE_TONES[score]] : 'bg-raised text-dim enabled:hover:text-ink'}`}
        >
          <kbd aria-hidden className="font-sans text-11 font-semibold opacity-80">
            {score}
          </kbd>
          <span className="min-w-0 flex-1">{t(scoreKey(field, score))}</span>
          {/* Its place is kept: choosing moves nothing. */}
          <span aria-hidden className="w-2.5 shrink-0 text-center text-[8px]">
            {value === score ? SHAPES[SCORE_TONES[score]] : ''}
          </span>
        </button>
      ))}
    </div>
  )
}
