import { listName } from '../../../server/contract/domain/patients.ts'
import { SaidWords } from './panel-parts.tsx'
import { TakeBackLine } from './take-back-line.tsx'
import type { Review } from './use-review.ts'

const BOX = 'rounded-[5px] border border-line bg-panel px-3 py-2 text-13'

/** In full screen, over the photo, what header and panel say otherwise: whose it is, what is said, what is about to leave. */
export function FullScreenWords({ review }: { readonly review: Review }) {
  const { reviewCase, decisions, notice } = review
  const { last, trouble } = decisions
  return (
    <>
      {reviewCase !== undefined && (
        <h1
          dir="auto"
          className="pointer-events-none absolute top-1.5 right-1.5 z-20 max-w-[45%] truncate rounded-[3px] bg-black/75 px-1.5 text-11 text-[#e6e6e6]"
        >
          {listName(reviewCase.patient)}
        </h1>
      )}
      <div className="pointer-events-none absolute inset-x-0 bottom-3 z-20 flex flex-col items-center gap-2 *:pointer-events-auto">
        {(trouble !== null || notice !== null) && (
          <div role="status" className={`max-w-[70%] text-minor ${BOX}`}>
            <SaidWords review={review} />
          </div>
        )}
        {last !== null && reviewCase !== undefined && (
          <div className="w-90 max-w-[70%] text-13">
            <TakeBackLine last={last} gone={null} />
          </div>
        )}
      </div>
    </>
  )
}
