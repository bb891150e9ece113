import { useSyncExternalStore } from 'react'
import { useText } from '../../../text/text-context.tsx'
import type { CaseTimes } from './case-times.ts'

type Props = { readonly times: CaseTimes; readonly budgetSeconds: number }

/** Time on this case against the practice's budget; stands still while nobody is there. Personal: it goes nowhere. */
export function CaseClock({ times, budgetSeconds }: Props) {
  const t = useText()
  const seconds = useSyncExternalStore(times.subscribe, times.seconds)
  const isPaused = useSyncExternalStore(times.subscribe, times.isPaused)
  const isOver = seconds > budgetSeconds
  const [spent, budget] = [clockWords(seconds), clockWords(budgetSeconds)]
  const state = isPaused ? t('decide.paused') : isOver ? t('decide.overBudget', { budget }) : ''
  const said = t('decide.budget', { spent, budget })
  return (
    <span
      role="timer"
      aria-live="off"
      aria-label={state === '' ? said : `${said}, ${state}`}
      title={said}
      className="flex shrink-0 items-center gap-2 text-13 tabular-nums"
    >
      <span aria-hidden className="relative h-1 w-20 overflow-hidden rounded-[2px] bg-line max-[1400px]:w-10">
        <span
          className={`absolute inset-y-0 left-0 ${isOver ? 'bg-minor' : 'bg-accent'}`}
          style={{ width: `${Math.min(1, seconds / budgetSeconds) * 100}%` }}
        />
      </span>
      {/* Its place is kept: a state that comes moves nothing. */}
      <span className="grid justify-items-end">
        <span className={`col-start-1 row-start-1 ${isPaused ? 'text-dim' : isOver ? 'text-minor' : ''}`}>
          {isPaused && <span aria-hidden>❙❙ </span>}
          {isOver && !isPaused && <span aria-hidden>▲ </span>}
          {spent}
        </span>
        <span aria-hidden className="invisible col-start-1 row-start-1 h-0 overflow-hidden">
          ❙❙ 00:00
        </span>
      </span>
    </span>
  )
}

function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
