import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { CommandKeys, useDispatcher } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { CaseQuestions } from '../decide/case-questions.tsx'
import { CorrectionField } from '../decide/correction-field.tsx'
import { PANEL_ID } from '../element-ids.ts'
import { PanelActions, PanelMessages } from '../panel-parts.tsx'
import { ReplacesLine } from '../replaces-line.tsx'
import type { Review } from '../use-review.ts'
import { CompareTable } from './compare-table.tsx'
import type { Conflict } from './conflict.ts'
import { PairChoice } from './pair-choice.tsx'

type Props = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  readonly conflict: Conflict
  readonly draft: Draft
  readonly myId: string | undefined
}

/** In the panel's place while two reads are in dispute: both, and the third that settles it. */
export function AdjudicatePanel({ review, reviewCase, conflict, draft, myId }: Props) {
  const t = useText()
  const { standing, isOwn } = conflict
  const stands = review.standing
  const isMany = standing.length > 2
  return (
    <aside
      id={PANEL_ID}
      aria-label={t('review.panel')}
      className="flex h-full min-h-0 flex-col border-l border-line bg-panel [@media(max-height:560px)]:overflow-y-auto"
    >
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3 [@media(max-height:560px)]:flex-none">
        <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-1.5">
          <h2 className="text-13 font-semibold">
            <StatusDot tone="flag">
              <span className="whitespace-normal">
                {isMany ? t('adjudicate.titleMany', { count: standing.length }) : t('adjudicate.title')}
              </span>
            </StatusDot>
          </h2>
          <p className={`text-dim ${isOwn ? 'basis-full text-11' : 'text-13'}`}>
            {t(isOwn ? 'adjudicate.aboutOwn' : isMany ? 'adjudicate.aboutMany' : 'adjudicate.about')}
          </p>
          {isOwn && <SwitchPurpose words={t('adjudicate.correctInstead')} />}
          {isMany && (
            <PairChoice conflict={conflict} onPick={(place, id) => review.settling.pick(reviewCase, place, id)} />
          )}
        </header>
        {review.replacing !== null && <ReplacesLine replacing={review.replacing} />}
        <CaseQuestions review={review} reviewCase={reviewCase} myId={myId} />
        <CompareTable review={review} reviewCase={reviewCase} conflict={conflict} draft={draft} myId={myId} />
        {stands !== undefined && review.canDecide && (
          <CorrectionField
            standing={stands}
            draft={draft}
            onReason={(reason) => review.edit((was) => ({ ...was, reason }))}
          />
        )}
      </div>
      <div className="max-h-[60%] shrink-0 overflow-y-auto border-t border-line px-3 pt-2 [@media(max-height:560px)]:max-h-none">
        <PanelActions review={review} reviewCase={reviewCase} settles />
      </div>
      <PanelMessages review={review} />
    </aside>
  )
}

/** Between the two things that a new read of somebody who has one may be for. */
export function SwitchPurpose({ words }: { readonly words: string }) {
  const dispatcher = useDispatcher()
  return (
    <button
      type="button"
      onClick={() => dispatcher.run('review.correctOwn')}
      className="inline-flex min-h-6 items-center gap-1.5 self-start text-left text-13 text-dim underline hover:text-ink"
    >
      <CommandKeys id="review.correctOwn" /> {words}
    </button>
  )
}
