import { memo, type ReactNode, useRef } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { useText } from '../../text/text-context.tsx'
import { currentSlot, priorSlot, typicalShape } from './case-photos.ts'
import { arrangePair } from './compare/arrange-pair.ts'
import { FilmStrip } from './compare/film-strip.tsx'
import { Current, Pair } from './compare/pair-cells.tsx'
import { isLinedUp } from './compare/pair-state.ts'
import { useFrame } from './compare/use-frame.ts'
import { pairOf, usePair } from './compare/use-pair.ts'
import { ViewStrip } from './compare/view-strip.tsx'
import { EarlierScans, History, SeenList, SessionFacts } from './corners.tsx'
import type { StageMode } from './layouts.ts'
import type { CellContext } from './photo-cell.tsx'
import type { SeenViews } from './seen-views.ts'
import type { Looks } from './use-viewport.ts'

export type StageProps = {
  readonly reviewCase: ReviewCase
  readonly mode: StageMode
  readonly context: CellContext
  readonly looks: Looks
  readonly seen: SeenViews
  readonly nowMs: number
  readonly pinPrior: (priorId: SessionId) => void
}

/** All photos of one case in the layout of the moment. */
export const Stage = memo(function Stage(props: StageProps) {
  const { mode } = props
  if (mode.fullScreen) return <FullScreen {...props} />
  if (mode.layout === 'single' || mode.layout === 'strip') return <LargePair {...props} />
  return mode.layout === 'current' ? <CurrentMontage {...props} /> : <PairMontage {...props} />
})

function FullScreen(props: StageProps) {
  return (
    <div className="flex h-full">
      <Current {...props} view={props.mode.activeView} large />
    </div>
  )
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
 * Both montages, view by view: pairs are three times as wide as high, and two of them side by side show each photo more
 * than twice as large as two montages of five would. The rows are: right and left buccal, frontal in the middle, upper
 * and lower occlusal.
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

/** One pair as large as it can be, and a strip: of the five views, or of one view over time. */
function LargePair(props: StageProps) {
  const { mode, context, reviewCase } = props
  const element = useRef<HTMLDivElement>(null)
  const frame = useFrame(element)
  const current = currentSlot(reviewCase, mode.activeView)
  const prior = priorSlot(reviewCase, mode.activeView, mode.priorId)
  const state = usePair(context.pairs, pairOf(current, prior))
  // Laid over each other the two need one place, and get all of it.
  const isOne = prior === undefined || (mode.overlay !== 'none' && isLinedUp(state))
  // From the whole case and for two photos, so that nothing jumps from view to view or when an overlay comes.
  const { pair, strip, stripPx } = arrangePair(frame ?? { widthPx: 1120, heightPx: 800 }, typicalShape(reviewCase))
  const isBelow = strip === 'below'
  return (
    <div
      ref={element}
      className={`flex h-full gap-px bg-line ${isBelow ? 'flex-col' : 'flex-row-reverse'}`}
      data-pair={isOne ? 'one' : pair}
    >
      <div className={`flex min-h-0 min-w-0 flex-1 gap-px bg-line ${pair === 'column' ? 'flex-col' : ''}`}>
        {isOne && prior !== undefined ? (
          <Current {...props} view={mode.activeView} large />
        ) : (
          <Pair {...props} view={mode.activeView} large stacked={pair === 'column'} />
        )}
      </div>
      <div className="shrink-0" style={isBelow ? { height: stripPx } : { width: stripPx }}>
        {mode.layout === 'strip' ? (
          <FilmStrip {...props} vertical={!isBelow} />
        ) : (
          <ViewStrip {...props} vertical={!isBelow} />
        )}
      </div>
    </div>
  )
}

type CellProps = StageProps & { readonly view: View; readonly pair?: boolean; readonly className?: string }

function Cell({ pair = false, className = '', ...props }: CellProps) {
  const t = useText()
  const { view, mode, context } = props
  const isActive = view === mode.activeView
  return (
    <div
      role="group"
      aria-label={t(`view.${view}`)}
      aria-current={isActive}
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

function Corner({ children }: { readonly children: ReactNode }) {
  return <div className="flex min-h-0 min-w-0 flex-col gap-3 overflow-hidden bg-bg px-4 py-3">{children}</div>
}
