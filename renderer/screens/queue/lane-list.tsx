import { BuiltInLane, type Lane, type LaneCounts } from '../../../preload/contract/queue.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import type { CommandId } from '../../commands/table.ts'
import { useText, useTimes } from '../../text/text-context.tsx'

type Props = {
  readonly lane: Lane
  readonly counts: LaneCounts | null
  readonly onLane: (lane: Lane) => void
}

const KEYS = {
  waiting: 'queue.laneWaiting',
  flagged: 'queue.laneFlagged',
  overdue: 'queue.laneOverdue',
  first_scan: 'queue.laneFirstScan',
  refinement: 'queue.laneRefinement',
  asked: 'queue.laneAsked',
  adjudicate: 'queue.laneAdjudicate',
  reviewed: 'queue.laneReviewed',
  all: 'queue.laneAll',
} as const satisfies Record<BuiltInLane, CommandId>

/** Lanes whose count is itself a message. */
const TONES: Partial<Record<BuiltInLane, string>> = { asked: 'text-flag', overdue: 'text-off', adjudicate: 'text-flag' }

export function LaneList({ lane, counts, onLane }: Props) {
  const t = useText()
  const times = useTimes()
  return (
    <nav
      aria-label={t('queue.lanes')}
      className="flex w-[232px] shrink-0 flex-col gap-0.5 overflow-auto border-r border-line bg-panel p-2 max-[1400px]:w-[208px] max-[800px]:w-[152px]"
    >
      {BuiltInLane.options.map((option) => (
        <button
          key={option}
          type="button"
          aria-current={option === lane ? 'true' : undefined}
          onClick={() => onLane(option)}
          className={`flex min-h-7 items-center gap-2.5 rounded-[5px] px-2 py-1 text-left text-13 text-dim hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink ${option === 'reviewed' ? 'mt-4' : ''}`}
        >
          <span aria-hidden className="opacity-80 max-[800px]:hidden">
            <CommandKeys id={KEYS[option]} />
          </span>
          <span className="min-w-0 flex-1">{t(`lane.${option}`)}</span>
          <span className={`tabular-nums ${(counts?.[option] ?? 0) > 0 ? (TONES[option] ?? '') : ''}`}>
            {counts === null ? '' : times.number(counts[option])}
          </span>
        </button>
      ))}
    </nav>
  )
}
