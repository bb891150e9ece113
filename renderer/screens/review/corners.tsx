import { type ReactNode, useSyncExternalStore } from 'react'
import type { Read } from '../../../server/contract/domain/reads.ts'
import { SCORE_FIELDS } from '../../../server/contract/domain/tags.ts'
import { VIEWS } from '../../../server/contract/domain/views.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { currentSlot, priorSlot, priorSlots } from './case-photos.ts'
import { useDetailLabel } from './decide/vocabulary.tsx'
import { ScoreWord } from './score-word.tsx'
import type { StageProps } from './stage.tsx'
import { Thumbnail } from './thumbnail.tsx'

type TitledProps = { readonly title: ReactNode; readonly children: ReactNode; readonly height?: keyof typeof HEIGHTS }

const HEIGHTS = {
  keeps: 'shrink-0',
  /** Shortened first when the window is low. */
  gives: 'min-h-0 shrink overflow-hidden',
  /** Whatever the others leave, which its content is told as 100cqh. */
  takesRest: 'min-h-0 grow basis-0 overflow-hidden [container-type:size]',
}

function Titled({ title, children, height = 'keeps' }: TitledProps) {
  return (
    <section className={HEIGHTS[height]}>
      <h2 className="mb-1.5 text-11 font-semibold text-dim">{title}</h2>
      {children}
    </section>
  )
}

/** The patient's earlier reads, newest first. */
export function History({ reviewCase, nowMs }: StageProps) {
  const t = useText()
  const times = useTimes()
  return (
    <Titled title={t('review.history')} height="takesRest">
      {reviewCase.history.length === 0 ? (
        <p className="text-13 text-dim">{t('review.noHistory')}</p>
      ) : (
        // No half lines: reads that do not fit whole wrap to a column of their own, out of sight, and of the first one
        // there are as many lines of 20 px as the title above leaves.
        <ul className="flex max-h-[round(down,calc(100cqh-24px),20px)] flex-col flex-wrap gap-y-1.5 overflow-hidden text-13">
          {reviewCase.history.slice(0, 4).map(({ capturedOn, read, readerName, outcome }) => (
            <li key={read.readId} className="flex w-full gap-x-3">
              <span className="min-w-12 shrink-0 text-dim">{times.day(capturedOn, nowMs)}</span>
              <span className="min-w-0">
                <ReadWords read={read} />
                <span className="block text-11 text-dim">
                  {outcome === undefined || outcome === 'won' ? (
                    t(`action.${read.action.kind}`)
                  ) : (
                    <>
                      <s>{t(`action.${read.action.kind}`)}</s> (
                      {t(outcome === 'corrected' ? 'adjudicate.corrected' : 'adjudicate.wouldHave')})
                    </>
                  )}
                  , {readerName}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Titled>
  )
}

/** A read in words, never in digits. */
export function ReadWords({ read }: { readonly read: Read }) {
  const t = useText()
  const detailLabel = useDetailLabel()
  const parts = SCORE_FIELDS.flatMap((field) => {
    const score = read[field]
    return score === null ? [] : [<ScoreWord key={field} field={field} score={score} />]
  })
  const details = read.detailTags.map((tag) => <span key={`${tag.code} ${tag.teeth.join()}`}>{detailLabel(tag)}</span>)
  const all = [...parts, ...details]
  if (all.length === 0) return <span className="text-dim">{t('review.noTags')}</span>
  return <span className="flex flex-wrap gap-x-2">{all}</span>
}

/** Film strip of the active view: which earlier photo stands beside the current one, and which else there are. */
export function EarlierScans({ reviewCase, mode, context, nowMs, pinPrior }: StageProps) {
  const t = useText()
  const times = useTimes()
  const slots = priorSlots(reviewCase, mode.activeView)
  const aged = slots.map((slot, age) => ({ slot, age }))
  const shown = priorSlot(reviewCase, mode.activeView, mode.priorId)
  const chosen = slots.findIndex((slot) => slot.sessionId === shown?.sessionId)
  const first = Math.min(Math.max(0, chosen - 1), Math.max(0, slots.length - 3))
  return (
    <Titled title={t('review.earlier', { view: t(`view.${mode.activeView}`) })}>
      {slots.length === 0 ? (
        <p className="text-13 text-dim">
          {t(reviewCase.priors.length === 0 ? 'review.firstScanLong' : 'review.noEarlierPhoto')}
        </p>
      ) : (
        <>
          <div className="flex gap-1.5">
            {/* The newest on the right, as everywhere; the keys [ and ] point the same way. */}
            {aged
              .slice(first, first + 3)
              .toReversed()
              .map(({ slot, age }) => (
                <button
                  key={slot.sessionId}
                  type="button"
                  aria-pressed={age === chosen}
                  onClick={() => pinPrior(slot.sessionId)}
                  className={`flex max-w-[86px] min-w-0 flex-1 [@media(max-height:800px)]:max-w-[64px] flex-col gap-0.5 text-11 ${age === chosen ? 'text-ink' : 'text-dim'}`}
                >
                  <span
                    className={`flex aspect-4/3 w-full border ${age === chosen ? 'border-accent' : 'border-transparent'}`}
                  >
                    <Thumbnail slot={slot} context={context} />
                  </span>
                  {times.day(slot.capturedOn, nowMs)}
                </button>
              ))}
          </div>
          {slots.length > 3 && (
            <p className="text-11 text-dim">{t('review.moreEarlier', { count: slots.length - 3 })}</p>
          )}
          <p className="mt-1 text-11 text-dim [@media(max-height:800px)]:hidden">{t('review.displayAid')}</p>
        </>
      )}
    </Titled>
  )
}

export function SeenList({ reviewCase, seen: all }: StageProps) {
  const t = useText()
  const seen = useSyncExternalStore(all.subscribe, () => all.viewsOf(reviewCase.session.id))
  return (
    <Titled title={t('review.seen')}>
      <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-13 text-dim">
        {VIEWS.map((view) => {
          const slot = currentSlot(reviewCase, view)
          const isThere = slot.photo !== null
          const gone = slot.refusal === null ? 'flag.missing' : 'flag.refused'
          const word = isThere ? (seen.has(view) ? 'review.wasSeen' : 'review.notSeen') : gone
          return (
            <li key={view}>
              {t(`view.${view}`)} <span aria-hidden>{isThere ? (seen.has(view) ? '✓' : '·') : '■'}</span>
              <span className="sr-only">{t(word)}</span>
            </li>
          )
        })}
      </ul>
    </Titled>
  )
}

export function SessionFacts({ reviewCase, nowMs }: StageProps) {
  const t = useText()
  const times = useTimes()
  const { session, patient } = reviewCase
  const camera = session.images.find((image) => image.photo?.camera != null)?.photo?.camera
  const facts: [string, string][] = [
    [t('review.captured'), times.day(session.capturedOn, nowMs)],
    [t('review.received'), times.clock(session.submittedAtMs, nowMs)],
    [t('review.reference'), patient.reference],
    [t('review.alignersAtScan'), t(`review.aligners.${session.aligners}`)],
  ]
  if (camera !== undefined && camera !== null) facts.push([t('review.camera'), camera])
  return (
    <Titled title={t('review.thisScan')} height="gives">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-3 text-13 [@media(max-height:800px)]:[&>div:nth-child(n+3)]:hidden [@media(max-height:950px)]:[&>div:nth-child(n+4)]:hidden">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-dim">{name}</dt>
            <dd className="truncate">{value}</dd>
          </div>
        ))}
      </dl>
    </Titled>
  )
}
