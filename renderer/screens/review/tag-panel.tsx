import type { ReviewCase } from '../../../preload/contract/review.ts'
import { SCORE_FIELDS } from '../../../server/contract/domain/tags.ts'
import { type Aligners, Aligners as AlignersSchema } from '../../../server/contract/domain/views.ts'
import { CommandKeys, focusScreen } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { ActionForm } from './action-form.tsx'
import { Actions } from './actions.tsx'
import { ReadWords } from './corners.tsx'
import { DetailField } from './detail-field.tsx'
import { type Draft, setAligners, setScore } from './draft.ts'
import { ScoreFieldset } from './score-field.tsx'
import { TakeBackLine } from './take-back-line.tsx'
import { NOTE_ID } from './element-ids.ts'
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
  const { canDecide, edit, form } = review
  const last = reviewCase.history[0]?.read
  return (
    <aside
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
        <Reads reviewCase={reviewCase} myId={myId} />
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
        {form === null ? (
          <Actions reviewCase={reviewCase} canDecide={canDecide} saving={review.decisions.savingId !== null} />
        ) : (
          <ActionForm
            key={form}
            kind={form}
            reviewCase={reviewCase}
            onDecide={review.decide}
            onCancel={review.closeForm}
          />
        )}
      </div>
      <Messages review={review} />
    </aside>
  )
}

/** Who has read this scan already, and the last read of the patient for reference. */
function Reads({ reviewCase, myId }: { readonly reviewCase: ReviewCase; readonly myId: string | undefined }) {
  const t = useText()
  if (reviewCase.reads.length === 0) return null
  return (
    <section className="rounded-[5px] border border-line px-3 py-2 text-13">
      <h2 className="text-11 font-semibold text-dim">{t(`state.${reviewCase.state}`)}</h2>
      <ul className="flex flex-col gap-1">
        {reviewCase.reads.map(({ read, readerName, sent }) => (
          <li key={read.readId}>
            <span className="text-dim">
              {read.readerId === myId ? t('review.you') : readerName} · {t(`action.${read.action.kind}`)}
              {!sent && ` · ${t('review.notSent')}`}
            </span>
            <ReadWords read={read} />
            {read.notes !== '' && <p className="whitespace-pre-line break-words">{read.notes}</p>}
          </li>
        ))}
      </ul>
      {reviewCase.state === 'discordant' && <p className="text-11 text-minor">{t('review.settles')}</p>}
    </section>
  )
}

/** What went wrong or is missing, and the decision that can be taken back. One place, never moving anything else. */
function Messages({ review }: { readonly review: Review }) {
  const t = useText()
  const { notice, decisions } = review
  return (
    <div className="flex shrink-0 flex-col gap-1 px-3 py-2 text-13">
      <p role="status" className="min-h-10 text-minor [@media(max-height:560px)]:min-h-5">
        {notice !== null && decisions.trouble === null && <span key={notice.turn}>{t(notice.key)}</span>}
        {decisions.trouble !== null && (
          <span role="alert" className="text-off">
            {t(decisions.trouble.what === 'decide' ? 'review.notSaved' : 'review.notTakenBack')}{' '}
            {t(errorKey(decisions.trouble.error.code))}
          </span>
        )}
      </p>
      <TakeBackLine last={decisions.last} />
    </div>
  )
}
