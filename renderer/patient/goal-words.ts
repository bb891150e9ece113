import type { Goal } from '../../server/contract/domain/goals.ts'
import type { Translate } from '../text/text-context.tsx'
import type { Times } from '../text/times.ts'

/** This computer's calendar day, as goals write theirs. */
export function dayOf(nowMs: number): string {
  const now = new Date(nowMs)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** In its quiet period nothing reminds of a goal: it is found in the patient's goals and nowhere else. */
export function isQuiet({ quietUntil }: Pick<Goal, 'quietUntil'>, nowMs: number): boolean {
  return quietUntil !== null && dayOf(nowMs) < quietUntil
}

export function isOverdue({ dueOn, state }: Pick<Goal, 'dueOn' | 'state'>, nowMs: number): boolean {
  return state === 'open' && dueOn !== null && dueOn < dayOf(nowMs)
}

/** `by 3 Sep`, `was due 3 Aug`; empty without a deadline. */
export function deadlineWords(goal: Pick<Goal, 'dueOn' | 'state'>, nowMs: number, t: Translate, times: Times): string {
  if (goal.dueOn === null) return ''
  const day = times.day(goal.dueOn, nowMs)
  return t(isOverdue(goal, nowMs) ? 'goals.overdue' : 'goals.by', { day })
}

type Dates = Pick<Goal, 'dueOn' | 'quietUntil'>

/**
 * What a list of patients says of their open goals: the first that is due, or until when all of them are quiet; null
 * without goals. `Goal: by 3 Sep`, `Goal: was due 3 Aug`, `Goal: quiet until 1 Dec`.
 */
export function goalMark(
  goals: readonly Dates[],
  nowMs: number,
  t: Translate,
  times: Times,
): { readonly words: string; readonly isOverdue: boolean; readonly isQuiet: boolean } | null {
  const first = goals.find((goal) => !isQuiet(goal, nowMs))
  const said = first ?? goals[0]
  if (said === undefined) return null
  const open = { ...said, state: 'open' } as const
  const when =
    first === undefined
      ? t('goals.quiet', { day: times.day(said.quietUntil ?? '', nowMs) })
      : deadlineWords(open, nowMs, t, times)
  return {
    words: when === '' ? t('goals.goal') : `${t('goals.goal')}: ${when}`,
    isOverdue: first !== undefined && isOverdue(open, nowMs),
    isQuiet: first === undefined,
  }
}
