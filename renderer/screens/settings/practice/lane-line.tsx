import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Person } from '../../../../server/contract/domain/people.ts'
import type { PracticeLane } from '../../../../server/contract/domain/practice-rules.ts'
import { useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { conditionWords } from './condition-words.ts'

type Props = {
  readonly lane: PracticeLane
  readonly people: readonly Person[]
  /** Waiting scans that it holds now; undefined until the store has counted a new lane. */
  readonly count: number | undefined
  readonly mayEdit: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
  /** Undefined for the first one. */
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

/** A lane in words, with what it holds now. */
export function LaneLine({ lane, people, count, mayEdit, onEdit, onRemove, onUp, onDown }: Props) {
  const t = useText()
  const words = lane.conditions.map((condition) => conditionWords(condition, people, t))
  const of = (act: Parameters<typeof t>[0]) => t('practice.of', { act: t(act), name: lane.name })
  return (
    <div className="flex min-h-12 items-center gap-4 py-1 text-13 max-[800px]:flex-wrap max-[800px]:gap-y-1">
      <div className="min-w-0 flex-1 max-[800px]:basis-full">
        <p className="break-words">{lane.name}</p>
        <p className="text-11 break-words text-dim">{words.join(` ${t('practice.and')} `)}</p>
      </div>
      <span className="w-40 shrink-0 text-right text-dim tabular-nums">
        {count !== undefined && t('practice.laneHolds', { count })}
      </span>
      {mayEdit && (
        <span className="flex shrink-0 items-center max-[800px]:flex-wrap max-[800px]:shrink">
          <Move label={of('practice.laneUp')} onMove={onUp}>
            <ArrowUp size={14} aria-hidden />
          </Move>
          <Move label={of('practice.laneDown')} onMove={onDown}>
            <ArrowDown size={14} aria-hidden />
          </Move>
          <Button look="quiet" aria-label={of('practice.laneEdit')} onClick={onEdit}>
            {t('practice.laneEdit')}
          </Button>
          <Remove label={of('practice.laneRemove')} sure={of('practice.laneRemoveSure')} onRemove={onRemove} />
        </span>
      )}
    </div>
  )
}

type MoveProps = { readonly label: string; readonly onMove: (() => void) | undefined; readonly children: ReactNode }

function Move({ label, onMove, children }: MoveProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={onMove === undefined}
      onClick={onMove}
      className="grid size-6 place-items-center rounded-[4px] text-dim hover:text-ink aria-disabled:opacity-35"
    >
      {children}
    </button>
  )
}

type RemoveProps = { readonly label: string; readonly sure: string; readonly onRemove: () => void }

/** Asked once more in its own place: the lane goes for everybody. */
function Remove({ label, sure, onRemove }: RemoveProps) {
  const t = useText()
  const [asked, setAsked] = useState(false)
  return (
    <Button
      look={asked ? 'plain' : 'quiet'}
      data-keeps-focus
      aria-label={asked ? sure : label}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? onRemove() : setAsked(true))}
      className={`min-w-36 ${asked ? 'text-off' : ''}`}
    >
      {t(asked ? 'practice.laneRemoveSure' : 'practice.laneRemove')}
    </Button>
  )
}
