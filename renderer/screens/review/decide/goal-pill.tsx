import type { Goal } from '../../../../server/contract/domain/goals.ts'
import { CommandKeys, useDispatcher } from '../../../commands/commands-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { deadlineWords, isOverdue, isQuiet } from '../../../patient/goal-words.ts'

type Props = { readonly goals: readonly Goal[]; readonly nowMs: number }

/** The goal that is due first, beside the patient's name; opens all of them. Goals in their quiet period stay out. */
export function GoalPill({ goals, nowMs }: Props) {
  const t = useText()
  const times = useTimes()
  const dispatcher = useDispatcher()
  const [first, ...others] = goals.filter((goal) => goal.state === 'open' && !isQuiet(goal, nowMs))
  if (first === undefined) return null
  const deadline = deadlineWords(first, nowMs, t, times)
  const more = others.length === 0 ? '' : t('goals.more', { count: others.length })
  const all = [first.text, deadline, more].filter((part) => part !== '').join(' · ')
  return (
    <button
      type="button"
      onClick={() => dispatcher.run('review.goals')}
      title={all}
      aria-label={`${t('goals.goal')}: ${all}`}
      className="inline-flex h-6 min-w-60 max-w-80 shrink items-center gap-1.5 rounded-[3px] border border-line px-1.5 text-11 hover:border-dim"
    >
      <CommandKeys id="review.goals" />
      {/* The goal's own words give way: they are all in the title, and when it is due is what one looks for. */}
      <span className="min-w-0 shrink truncate">{first.text}</span>
      {deadline !== '' && (
        <span className="shrink-0 whitespace-nowrap">
          {isOverdue(first, nowMs) ? (
            <StatusDot tone="minor">{deadline}</StatusDot>
          ) : (
            <span className="text-dim">{deadline}</span>
          )}
        </span>
      )}
      {more !== '' && <span className="shrink-0 text-dim max-[1600px]:hidden">{more}</span>}
    </button>
  )
}
