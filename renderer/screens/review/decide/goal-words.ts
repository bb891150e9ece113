import type { Goal } from '../../../../server/contract/domain/goals.ts'
import type { Translate } from '../../../text/text-context.tsx'
import type { Times } from '../../../text/times.ts'

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
