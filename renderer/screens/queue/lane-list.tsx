import { BuiltInLane, type Lane, type LaneCounts, ownLane } from '../../../preload/contract/queue.ts'
import type { PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import type { CommandId } from '../../commands/table.ts'
import { useText, useTimes } from '../../text/text-context.tsx'

type Props = {
  readonly lane: Lane
  /** The practice's own, in their order. */
  readonly ownLanes: readonly PracticeLane[]
  readonly counts: LaneCounts | null
  readonly onLane: (lane: Lane) => void
}

/** In their order: the first has the first digit. */
export const LANE_KEYS = {
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

/** The first of the practice's lanes have keys; the others are reached by the keys for the next lane. */
export const OWN_KEYS = [
  'queue.laneOwn1',
  'queue.laneOwn2',
  'queue.laneOwn3',
  'queue.laneOwn4',
  'queue.laneOwn5',
  'queue.laneOwn6',
] as const satisfies readonly CommandId[]

/** Lanes whose count is itself a message. */
const TONES: Partial<Record<BuiltInLane, string>> = { asked: 'text-flag', overdue: 'text-off', adjudicate: 'text-flag' }

/** The practice's own lanes come last: they are known a moment later, and move none of the others then. */
export function LaneList({ lane, ownLanes, counts, onLane }: Props) {
  const t = useText()
  return (
    <nav
      aria-label={t('queue.lanes')}
      className="flex w-[232px] shrink-0 flex-col gap-0.5 overflow-auto border-r border-line bg-panel p-2 max-[1400px]:w-[208px] max-[800px]:w-[152px]"
    >
      {BuiltInLane.options.map((option) => (
        <LaneButton
          key={option}
          name={t(`lane.${option}`)}
          command={LANE_KEYS[option]}
          count={counts?.[option]}
          tone={TONES[option]}
          isCurrent={option === lane}
          startsGroup={option === 'reviewed'}
          onChoose={() => onLane(option)}
        />
      ))}
      {ownLanes.length > 0 && <h2 className="mt-4 px-2 pb-1 text-11 font-semibold text-dim">{t('queue.ownLanes')}</h2>}
      {ownLanes.map((own, index) => (
        <LaneButton
          key={own.id}
          name={own.name}
          command={OWN_KEYS[index]}
          count={counts?.[ownLane(own)]}
          isCurrent={ownLane(own) === lane}
          onChoose={() => onLane(ownLane(own))}
        />
      ))}
    </nav>
  )
}

type ButtonProps = {
  readonly name: string
  readonly command: CommandId | undefined
  /** Undefined until the store has counted it. */
  readonly count: number | undefined
  readonly tone?: string | undefined
  readonly isCurrent: boolean
  readonly startsGroup?: boolean
  readonly onChoose: () => void
}

/** Key, count and the first line of the name stay in their places, however long the name is. */
function LaneButton({ name, command, count, tone, isCurrent, startsGroup = false, onChoose }: ButtonProps) {
  const times = useTimes()
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'true' : undefined}
      title={name}
      onClick={onChoose}
      className={`flex min-h-7 shrink-0 items-center gap-2.5 rounded-[5px] px-2 py-1 text-left text-13 text-dim hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink ${startsGroup ? 'mt-4' : ''}`}
    >
      <span aria-hidden className="min-w-[18px] shrink-0 opacity-80 max-[800px]:hidden">
        {command !== undefined && <CommandKeys id={command} />}
      </span>
      <span className="line-clamp-2 min-w-0 flex-1 break-words">{name}</span>
      <span className={`shrink-0 tabular-nums ${(count ?? 0) > 0 ? (tone ?? '') : ''}`}>
        {count !== undefined && times.number(count)}
      </span>
    </button>
  )
}
