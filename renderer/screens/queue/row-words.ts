import { Eye, type LucideIcon, MessageCircleQuestionMark, Target } from 'lucide-react'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import type { Score } from '../../../server/contract/domain/tags.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { goalMark } from '../../patient/goal-words.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import type { Tone } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useOpenElsewhere } from './open-elsewhere.tsx'

export const TRACKING_TONE = { 1: 'ok', 2: 'minor', 3: 'off' } as const satisfies Record<Score, Tone>

export type FlagWords = { readonly tone: Tone; readonly words: string }

/** What is wrong with the photos, worst first: missing and unusable, then quality, then the second read. */
export function useFlagWords(row: QueueRow, names: 'view' | 'viewShort' = 'view'): FlagWords[] {
  const t = useText()
  // A refused photo was sent: that says more than that its view is missing.
  const isRefused = (view: View) => row.flags.some((flag) => flag.view === view && flag.flag === 'refused')
  const missing = row.missing
    .filter((view) => !isRefused(view))
    .map((view): FlagWords => {
      return { tone: 'off', words: t('queue.flag', { view: t(`${names}.${view}`), flag: t('flag.missing') }) }
    })
  const flags = row.flags.map(({ view, flag }): FlagWords => {
    return {
      tone: flag === 'refused' ? 'off' : 'minor',
      words: t('queue.flag', { view: t(`${names}.${view}`), flag: t(`flag.${flag}`) }),
    }
  })
  const discordant: FlagWords[] = row.state === 'discordant' ? [{ tone: 'flag', words: t('state.discordant') }] : []
  return [
    ...missing,
    ...flags.filter((flag) => flag.tone === 'off'),
    ...flags.filter((flag) => flag.tone !== 'off'),
    ...discordant,
  ]
}

/** Whether {@link useFlagWords} has anything to say. */
export function hasFlags({ missing, flags, state }: Pick<QueueRow, 'missing' | 'flags' | 'state'>): boolean {
  return missing.length > 0 || flags.length > 0 || state === 'discordant'
}

export type Mark = FlagWords & {
  readonly Icon: LucideIcon
  /** Says something of the patient, and reminds of nothing. */
  readonly isQuiet: boolean
}

/** What waits for the person who looks, who else has it open, and what treatment is to reach. */
export function useMarks({ sessionId, isAsked, goals }: QueueRow): Mark[] {
  const t = useText()
  const others = useOpenElsewhere(sessionId)
  const goal = goalMark(goals, useNow(), t, useTimes())
  const marks: Mark[] = []
  if (isAsked) marks.push({ Icon: MessageCircleQuestionMark, tone: 'flag', words: t('lane.asked'), isQuiet: false })
  if (others.length > 0) {
    const words = t('decide.openBy', { names: others.join(', ') })
    marks.push({ Icon: Eye, tone: 'flag', words, isQuiet: false })
  }
  if (goal === null) return marks
  return [...marks, { ...goal, Icon: Target, tone: goal.isOverdue ? 'minor' : 'dim' }]
}
