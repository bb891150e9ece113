import type { ReviewCase } from '../../../preload/contract/review.ts'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { ActionForm } from './action-form.tsx'
import { Actions } from './actions.tsx'
import { LineVerb, TakeBackLine } from './take-back-line.tsx'
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
      start={review.formStart ?? review.replacing?.wanted.action ?? review.second.wantedFor(reviewCase.session.id)}
      onDecide={review.decide}
      onCancel={review.closeForm}
    />
  )
}

/** What went wrong or is missing, and the decision that can be taken back. One place, never moving anything else. */
export function PanelMessages({ review }: { readonly review: Review }) {
  const t = useText()
  const { decisions } = review
  return (
    <div className="flex shrink-0 flex-col gap-1 px-3 py-2 text-13 [@media(max-height:800px)]:py-1">
      {/* Of one height whatever is said: the verbs above stay where the hand expects them. */}
      <div
        role="status"
        className="h-16 overflow-y-auto text-minor [@media(max-height:800px)]:h-13 [@media(max-height:800px)]:text-11"
      >
        {decisions.trouble === null ? (
          <NoticeWords review={review} />
        ) : (
          // Small: what happened, what is safe and what to do must be there at once, in every language.
          <span role="alert" className="block text-11 text-off">
            {t(decisions.trouble.what === 'decide' ? 'review.notSaved' : 'review.notTakenBack')}{' '}
            {t(errorKey(decisions.trouble.error.code))}
          </span>
        )}
      </div>
      <TakeBackLine last={decisions.last} gone={decisions.gone} />
    </div>
  )
}

/** Why a key did nothing here, and what to press instead. */
export function NoticeWords({ review }: { readonly review: Review }) {
  const t = useText()
  const { notice } = review
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
