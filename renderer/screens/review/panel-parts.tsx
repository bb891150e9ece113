import type { ReviewCase } from '../../../preload/contract/review.ts'
import { type Translate, useText, useTimes } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { ActionForm } from './action-form.tsx'
import { Actions } from './actions.tsx'
import { setText } from './draft.ts'
import { LineVerb, TakeBackLine } from './take-back-line.tsx'
import type { Trouble } from './use-decisions.ts'
import type { Review } from './use-review.ts'

type Props = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  /** The read settles two others: that alone is a decision, without an action. */
  readonly settles?: boolean
}

/** What to do with this case, or the form of what was begun. */
export function PanelActions({ review, reviewCase, settles = false }: Props) {
  const { form, canDecide, decisions } = review
  if (form === null)
    return (
      <Actions reviewCase={reviewCase} canDecide={canDecide} saving={decisions.savingId !== null} settles={settles} />
    )
  return (
    <ActionForm
      key={`${form} ${JSON.stringify(review.formStart)}`}
      kind={form}
      reviewCase={reviewCase}
      texts={review.draft?.texts}
      onText={(kind, text) => review.edit((was) => setText(was, kind, text))}
      start={review.formStart ?? review.replacing?.wanted.action ?? review.second.wantedFor(reviewCase.session.id)}
      onDecide={review.decide}
      onCancel={review.closeForm}
    />
  )
}

/** What went wrong or is missing, and the decision that can be taken back. One place, never moving anything else. */
export function PanelMessages({ review }: { readonly review: Review }) {
  const { decisions } = review
  return (
    <div className="flex shrink-0 flex-col gap-1 px-3 py-2 text-13 [@media(max-height:800px)]:py-1">
      {/* Of one height whatever is said: the verbs above stay where the hand expects them. */}
      <div
        role="status"
        className="h-16 overflow-y-auto text-minor [@media(max-height:800px)]:h-13 [@media(max-height:800px)]:text-11"
      >
        <SaidWords review={review} />
      </div>
      <TakeBackLine last={decisions.last} gone={decisions.gone} />
    </div>
  )
}

/** What could not be saved, else why a key did nothing here. */
export function SaidWords({ review }: { readonly review: Review }) {
  const t = useText()
  const { trouble } = review.decisions
  if (trouble === null) return <NoticeWords review={review} />
  return (
    // Small: what happened, what is safe and what to do must be there at once, in every language.
    <span role="alert" className="block text-11 text-off">
      {troubleWords(trouble, t)} {t(errorKey(trouble.error.code))}
    </span>
  )
}

function troubleWords({ what, elsewhere }: Trouble, t: Translate): string {
  if (what === 'takeBack') return t('review.notTakenBack')
  return elsewhere === undefined ? t('review.notSaved') : t('review.notSavedElsewhere', { name: elsewhere })
}

/** Why a key did nothing here, and what to press instead. */
function NoticeWords({ review }: { readonly review: Review }) {
  const t = useText()
  const times = useTimes()
  const { notice, foundAtMs } = review
  if (notice === null && foundAtMs !== undefined)
    return <p className="text-dim">{t('review.foundDraft', { time: times.exact(foundAtMs) })}</p>
  if (notice === null) return null
  return (
    <div key={notice.turn}>
      <p>{t(notice.key, notice.params)}</p>
      {notice.key === 'decide.notAllSeen' && (
        <p className="flex flex-wrap gap-x-4">
          <LineVerb id="review.goUnseen" words="decide.goThere" />
          <LineVerb id="review.approveUnseen" words="decide.passOver" />
        </p>
      )}
    </div>
  )
}
