import type { ReactNode } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import type { CommandId } from '../../commands/table.ts'
import { useText } from '../../text/text-context.tsx'
import { findCarriedOut } from './adjudicate/conflict.ts'
import { nextStageOf, stageOf } from './draft.ts'

type ActionsProps = {
  readonly reviewCase: ReviewCase
  readonly canDecide: boolean
  readonly saving: boolean
  /** Two reads are in dispute: to settle them without an action is a decision of its own. */
  readonly settles?: boolean
}

/** What to do with this case: each verb with its key. */
export function Actions({ reviewCase, canDecide, saving, settles = false }: ActionsProps) {
  const t = useText()
  const stage = stageOf(reviewCase)
  const next = nextStageOf(reviewCase)
  // Once an action stands for the patient, another one changes nothing: what is left to do is to settle.
  const settleFirst = settles && findCarriedOut(reviewCase) !== undefined
  const off = !canDecide || saving
  const nextCase = (
    <Verb id="review.next" disabled={saving}>
      {t('review.nextShort')}
    </Verb>
  )
  return (
    <div
      role="group"
      aria-label={t('review.actions')}
      className={`grid gap-1 ${settles ? 'grid-cols-3' : 'grid-cols-2'}`}
    >
      {settles && (
        <>
          <Verb id="review.settle" disabled={off} primary={settleFirst} className="col-span-2">
            <b className="font-semibold">{t('adjudicate.settle')}</b>
          </Verb>
          {nextCase}
        </>
      )}
      <Verb id="review.approve" disabled={off} primary={!settleFirst} className={settles ? '' : 'col-span-2'}>
        <b className="font-semibold">{t('command.review.approve')}</b>
        {next !== null && stage !== null && ` ${stage} → ${next}`}
      </Verb>
      <Verb id="review.hold" disabled={off}>
        {t('command.review.hold')}
        {stage !== null && ` ${stage}`}
      </Verb>
      <Verb id="review.message" disabled={off} />
      <Verb id="review.schedule" disabled={off} />
      <Verb id="review.retake" disabled={off} />
      <Verb id="review.refer" disabled={off} />
      {!settles && nextCase}
    </div>
  )
}

const VERB_TITLES = {
  'review.approve': 'command.review.approve',
  'review.hold': 'command.review.hold',
  'review.message': 'command.review.message',
  'review.schedule': 'command.review.schedule',
  'review.retake': 'command.review.retake',
  'review.refer': 'command.review.refer',
  'review.next': 'command.review.next',
  'review.settle': 'command.review.settle',
} as const satisfies Partial<Record<CommandId, string>>

type VerbProps = {
  readonly id: keyof typeof VERB_TITLES
  readonly disabled: boolean
  readonly primary?: boolean
  readonly className?: string
  readonly children?: ReactNode
}

function Verb({ id, disabled, primary = false, className = '', children }: VerbProps) {
  const t = useText()
  const dispatcher = useDispatcher()
  return (
    <button
      type="button"
      disabled={disabled}
      title={t(VERB_TITLES[id])}
      onClick={() => dispatcher.run(id)}
      className={`flex min-h-8 items-center justify-between gap-2 rounded-[5px] border px-2.5 py-0.5 text-left text-13 disabled:text-dim ${primary ? 'border-selected-line bg-[#1f3d5c] disabled:bg-raised' : 'border-line bg-raised enabled:hover:border-dim'} ${className}`}
    >
      <span className="min-w-0">{children ?? t(VERB_TITLES[id])}</span>
      <CommandKeys id={id} />
    </button>
  )
}
