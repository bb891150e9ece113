import { memo, type ReactNode } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import { useText } from '../../text/text-context.tsx'
import { currentSlot, priorSlot } from './case-photos.ts'
import { EarlierScans, History, SeenList, SessionFacts } from './corners.tsx'
import type { StageMode } from './layouts.ts'
import { type CellContext, PhotoCell } from './photo-cell.tsx'
import type { SeenViews } from './seen-views.ts'
import { Thumbnail } from './thumbnail.tsx'
import { lookAt, type Looks } from './use-viewport.ts'

export type StageProps = {
  readonly reviewCase: ReviewCase
  readonly mode: StageMode
  readonly context: CellContext
  readonly looks: Looks
  readonly seen: SeenViews
  readonly nowMs: number
  readonly pickPrior: (age: number) => void
}

/** All photos of one case in the layout of the moment. */
export const Stage = memo(function Stage(props: StageProps) {
  const { mode } = props
  if (mode.fullScreen) return <FullScreen {...props} />
  if (mode.layout === 'single') return <SinglePair {...props} />
  return mode.layout === 'current' ? <CurrentMontage {...props} /> : <PairMontage {...props} />
})

function FullScreen(props: StageProps) {
  return <div className="flex h-full">{<Current {...props} view={props.mode.activeView} />}</div>
}

/** The five places of the series; the corners carry the words. */
function CurrentMontage(props: StageProps) {
  return (
    <div className="grid h-full grid-cols-3 grid-rows-3 gap-px bg-line">
      <Corner>
        <History {...props} />
      </Corner>
      <Cell {...props} view="occlusal_upper" />
      <Corner>
        <EarlierScans {...props} />
      </Corner>
      <Cell {...props} view="buccal_right" />
      <Cell {...props} view="frontal" />
      <Cell {...props} view="buccal_left" />
      <Corner>
        <SeenList {...props} />
      </Corner>
      <Cell {...props} view="occlusal_lower" />
      <Corner>
        <SessionFacts {...props} />
      </Corner>
    </div>
  )
}

/**
 * Pairs are three times as wide as high. Two of them side by side show each photo more than twice as large as three do,
 * so the rows are: right and left buccal, frontal in the middle, upper and lower occlusal.
 */
function PairMontage(props: StageProps) {
  return (
    <div className="grid h-full grid-cols-4 grid-rows-3 gap-px bg-line">
      <Cell {...props} view="buccal_right" pair className="col-span-2" />
      <Cell {...props} view="buccal_left" pair className="col-span-2" />
      <Corner>
        <History {...props} />
        <SeenList {...props} />
      </Corner>
      <Cell {...props} view="frontal" pair className="col-span-2" />
      <Corner>
        <EarlierScans {...props} />
        <SessionFacts {...props} />
      </Corner>
      <Cell {...props} view="occlusal_upper" pair className="col-span-2" />
      <Cell {...props} view="occlusal_lower" pair className="col-span-2" />
    </div>
  )
}

function SinglePair(props: StageProps) {
  const { mode, context, reviewCase } = props
  const t = useText()
  return (
    <div className="grid h-full grid-rows-[1fr_clamp(96px,15vh,152px)] gap-px bg-line">
      <div className="flex min-h-0 gap-px bg-line">
        <Pair {...props} view={mode.activeView} />
      </div>
      <div role="group" aria-label={t('review.views')} className="grid min-h-0 grid-cols-5 gap-px bg-line">
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={view === mode.activeView}
            onClick={() => context.select(view)}
            className={`flex min-h-0 flex-col bg-bg p-1 text-left ${view === mode.activeView ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
          >
            <span className="px-1 text-11 text-dim">{t(`view.${view}`)}</span>
            <span className="pointer-events-none flex min-h-0 w-full flex-1 gap-px">
              {[priorSlot(reviewCase, view, mode.priorAge), currentSlot(reviewCase, view)].map((slot, i) =>
                slot === undefined ? null : (
                  <Thumbnail key={i === 0 ? 'prior' : 'current'} slot={slot} context={context} />
                ),
              )}
            </span>
          </button>
        ))}
      </div>
    </div>
  )
}

type CellProps = StageProps & { readonly view: View; readonly pair?: boolean; readonly className?: string }

function Cell({ pair = false, className = '', ...props }: CellProps) {
  const { view, mode, context } = props
  const isActive = view === mode.activeView
  return (
    <div
      className={`relative flex min-h-0 min-w-0 gap-px bg-bg ${className}`}
      data-view={view}
      data-active={isActive}
      onPointerDown={() => context.select(view)}
    >
      {pair ? <Pair {...props} /> : <Current {...props} />}
      {isActive && <span className="pointer-events-none absolute inset-0 z-10 border-2 border-accent" />}
    </div>
  )
}

/** The prior on the left, the current photo on the right: the newest is always on the right. */
function Pair(props: StageProps & { readonly view: View }) {
  const { reviewCase, view, mode, context, looks, nowMs } = props
  const t = useText()
  const prior = priorSlot(reviewCase, view, mode.priorAge)
  return (
    <>
      {prior === undefined ? (
        <div className="grid h-full w-24 shrink-0 place-items-center bg-bg p-2 text-center text-11 text-dim">
          {t(reviewCase.priors.length === 0 ? 'review.firstScan' : 'review.noEarlierPhoto')}
        </div>
      ) : (
        <PhotoCell
          context={context}
          side="prior"
          slot={prior}
          caseId={reviewCase.session.id}
          look={lookAt(looks, { sessionId: reviewCase.session.id, view, side: 'prior' })}
          named={false}
          nowMs={nowMs}
        />
      )}
      <Current {...props} />
    </>
  )
}

function Current({ reviewCase, view, mode, context, looks, nowMs }: StageProps & { readonly view: View }) {
  const sessionId = reviewCase.session.id
  const priorLook = lookAt(looks, { sessionId, view, side: 'prior' })
  const prior = priorSlot(reviewCase, view, mode.priorAge)
  const instead = mode.blinking ? prior : undefined
  return (
    <PhotoCell
      context={context}
      side="current"
      slot={currentSlot(reviewCase, view)}
      caseId={sessionId}
      look={instead === undefined ? looks.byView[view] : priorLook}
      instead={instead}
      against={mode.difference ? prior : undefined}
      againstLook={priorLook}
      named
      nowMs={nowMs}
    />
  )
}

function Corner({ children }: { readonly children: ReactNode }) {
  return <div className="flex min-h-0 min-w-0 flex-col gap-3 overflow-hidden bg-bg px-4 py-3">{children}</div>
}
