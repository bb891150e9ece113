import type { Draft } from '../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { SCORE_FIELDS } from '../../../server/contract/domain/tags.ts'
import { type Aligners, Aligners as AlignersSchema } from '../../../server/contract/domain/views.ts'
import { CommandKeys, focusScreen } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { SwitchPurpose } from './adjudicate/adjudicate-panel.tsx'
import { CorrectionField } from './decide/correction-field.tsx'
import { LastTags } from './decide/last-tags.tsx'
import { CaseQuestions } from './decide/case-questions.tsx'
import { DetailField } from './detail-field.tsx'
import { setAligners, setScore } from './draft.ts'
import { ScoreFieldset } from './score-field.tsx'
import { NOTE_ID, PANEL_ID } from './element-ids.ts'
import { PanelActions, PanelMessages } from './panel-parts.tsx'
import { ReadList } from './read-list.tsx'
import { ReplacesLine } from './replaces-line.tsx'
import type { Review } from './use-review.ts'

type Props = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  readonly draft: Draft
  readonly myId: string | undefined
}

/** The tags of this case, then what to do. Reads of others are shown, never changed. */
export function TagPanel({ review, reviewCase, draft, myId }: Props) {
  const t = useText()
  const { canDecide, edit, standing } = review
  const last = reviewCase.history[0]?.read
  return (
    <aside
      id={PANEL_ID}
      aria-label={t('review.panel')}
      className="flex h-full min-h-0 flex-col border-l border-line bg-panel [@media(max-height:560px)]:overflow-y-auto"
    >
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3 [@media(max-height:560px)]:flex-none [@media(max-height:800px)]:gap-1 [@media(max-height:800px)]:py-1.5">
        {!canDecide && (
          <p className="rounded-[5px] border border-line px-3 py-2 text-13">
            <StatusDot tone="dim">
              <span className="whitespace-normal">{t('review.cannotDecide')}</span>
            </StatusDot>
          </p>
        )}
        {review.replacing !== null && <ReplacesLine replacing={review.replacing} />}
        <CaseQuestions review={review} reviewCase={reviewCase} myId={myId} />
        <ReadList reviewCase={reviewCase} myId={myId} />
        <Dispute review={review} reviewCase={reviewCase} />
        {standing !== undefined && canDecide && (
          <CorrectionField
            standing={standing}
            draft={draft}
            onReason={(reason) => edit((was) => ({ ...was, reason }))}
          />
        )}
        <LastTags reviewCase={reviewCase} readOnly={!canDecide} />
        <div data-scores className="flex flex-col gap-1 [@media(max-height:800px)]:gap-0">
          {SCORE_FIELDS.map((field) => (
            <ScoreFieldset
              key={field}
              field={field}
              value={draft.scores[field]}
              last={last?.[field] ?? null}
              active={review.activeScore === field}
              disabledBecause={field === 'alignerFit' && draft.aligners === 'out' ? t('review.fitOut') : null}
              readOnly={!canDecide}
              onChange={(value) => edit((was) => setScore(was, field, value))}
              onFocus={() => review.setActiveScore(field)}
            />
          ))}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-2 px-1.5">
          <span className="text-13 font-semibold">{t('review.aligners')}</span>
          {canDecide ? (
            <Segmented<Aligners>
              label={t('review.aligners')}
              value={draft.aligners}
              options={AlignersSchema.options.map((value) => ({ value, label: t(`review.aligners.${value}`) }))}
              onChange={(value) => edit((was) => setAligners(was, value))}
            />
          ) : (
            <span className="text-13 text-dim">{t(`aligners.${draft.aligners}`)}</span>
          )}
        </div>
        <DetailField
          key={reviewCase.session.id}
          details={draft.details}
          readOnly={!canDecide}
          onChange={(details) => edit((was) => ({ ...was, details }))}
        />
        <div className="px-1.5">
          <div className="mb-1 flex justify-between text-13">
            <label htmlFor={NOTE_ID} className="font-semibold">
              {t('review.note')}
            </label>
            <CommandKeys id="review.note" />
          </div>
          <textarea
            id={NOTE_ID}
            rows={2}
            maxLength={4000}
            disabled={!canDecide}
            value={draft.note}
            onChange={(event) => edit((was) => ({ ...was, note: event.target.value }))}
            onKeyDown={(event) => event.key === 'Escape' && focusScreen()}
            className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
          />
        </div>
      </div>
      {/* Never scrolled away, unless the window is very low: what to do with this case. */}
      <div className="max-h-[60%] shrink-0 overflow-y-auto border-t [@media(max-height:560px)]:max-h-none border-line px-3 pt-2">
        <PanelActions review={review} reviewCase={reviewCase} />
      </div>
      <PanelMessages review={review} />
    </aside>
  )
}

/** Why this read is no adjudication although the reads differ. */
function Dispute({ review, reviewCase }: { readonly review: Review; readonly reviewCase: ReviewCase }) {
  const t = useText()
  if (reviewCase.state !== 'discordant' || !review.canDecide) return null
  if (!review.settling.isCorrecting(reviewCase))
    return <p className="px-1.5 text-13 text-minor">{t('adjudicate.onePerson')}</p>
  return (
    <div className="flex flex-col gap-1 px-1.5 text-13 text-dim">
      <p>{t('adjudicate.correcting')}</p>
      <SwitchPurpose words={t('adjudicate.settleInstead')} />
    </div>
  )
}
