import { useMemo, useState } from 'react'
import { useText } from '../../../text/text-context.tsx'
import type { View } from '../../../../server/contract/domain/views.ts'
import { priorSlot } from '../case-photos.ts'
import type { StageMode } from '../layouts.ts'
import { type CellContext, PhotoCell, useShown } from '../photo-cell.tsx'
import type { StageProps } from '../stage.tsx'
import { DoubtMarks, RetakeOffer, useCheck } from './doubt-marks.tsx'
import { doubtsOf } from './doubts.ts'
import { PairMark } from './pair-mark.tsx'
import { isLinedUp, linkOf } from './pair-state.ts'
import { retakeOf } from './retake-start.ts'
import { SwipeLine } from './swipe-line.tsx'
import { useViewPair, type ViewPair } from './use-view-pair.ts'
import { priorToFrame, withoutFit } from './warp.ts'
import { WarpedPrior } from './warped-prior.tsx'

/** `large`: the words of a comparison have room on the photo; elsewhere they stand in a corner of the stage. */
type Props = StageProps & { readonly view: View; readonly large?: boolean; readonly stacked?: boolean }

/** The prior on the left (or above), the current photo on the right (or below): the newest always comes last. */
export function Pair(props: Props) {
  const { reviewCase, context, nowMs, stacked = false } = props
  const t = useText()
  const pair = useViewPair(props)
  const { prior } = pair
  return (
    <>
      {prior === undefined ? (
        <div
          className={`grid shrink-0 place-items-center bg-bg p-2 text-center text-11 text-dim ${stacked ? 'w-full' : 'h-full w-24'}`}
        >
          {t(reviewCase.priors.length === 0 ? 'review.firstScan' : 'review.noEarlierPhoto')}
        </div>
      ) : (
        <PhotoCell
          context={context}
          side="prior"
          slot={prior}
          placed={pair.placed}
          look={pair.priorLook}
          named={false}
          nowMs={nowMs}
        />
      )}
      <CurrentCell {...props} pair={pair} />
    </>
  )
}

/** The current photo alone; blink, swipe and difference lie over it. */
export function Current(props: Props) {
  const pair = useViewPair(props)
  return <CurrentCell {...props} pair={pair} />
}

type OverlayKind = 'blink' | 'swipe' | 'difference'

/** What lies over the photo of a view. A swipe is of the chosen view; what does not line up is not laid over, but can blink. */
function overlayOf(mode: StageMode, { state, prior, view }: ViewPair): OverlayKind | null {
  if (prior?.photo == null) return null
  if (mode.blinking) return 'blink'
  if (mode.overlay === 'none' || !isLinedUp(state)) return null
  return mode.overlay === 'swipe' && view !== mode.activeView ? null : mode.overlay
}

function CurrentCell({
  reviewCase,
  mode,
  context,
  nowMs,
  view,
  pair,
  large = false,
}: Props & { readonly pair: ViewPair }) {
  const t = useText()
  const { current, prior, state, frame } = pair
  const [isWarped, setIsWarped] = useState(false)
  const kind = overlayOf(mode, pair)
  const matrix = useMatrix(pair, context)
  useShown(context, prior, isWarped)
  const check = useCheck(context.checks, current)
  const doubts = useMemo(
    () => doubtsOf(current, check, priorSlot(reviewCase, view, null)),
    [current, check, reviewCase, view],
  )
  const isBlinked = kind === 'blink' && isWarped
  const wantsOverlay = mode.overlay === 'difference' || (mode.overlay === 'swipe' && view === mode.activeView)
  return (
    <PhotoCell
      context={context}
      side="current"
      slot={current}
      placed={pair.placed}
      look={pair.look}
      named
      nowMs={nowMs}
      covered={isBlinked}
      onFrame={pair.setFrame}
      brightened={kind === 'difference'}
      {...(isBlinked && prior !== undefined && { labelled: prior })}
      overlay={
        <>
          {prior?.photo != null && matrix !== undefined && frame !== null && (
            <WarpedPrior
              cache={context.cache}
              onScreen={context.onScreen}
              photo={prior.photo}
              matrix={matrix}
              frame={frame}
              tone={context.adjustments.of({ hash: prior.photo.hash, view })}
              as={kind ?? 'blink'}
              swipeAt={mode.swipeAt}
              visible={kind !== null}
              onShown={setIsWarped}
            />
          )}
          {kind === 'swipe' && <SwipeLine at={mode.swipeAt} onMove={context.moveSwipe} />}
        </>
      }
      marks={
        <>
          {!isBlinked && <DoubtMarks doubts={doubts} />}
          {kind === 'difference' && <span className="text-minor">{t('review.differenceMark')}</span>}
          {kind === 'swipe' && <span className="text-minor">{t('compare.swipeMark')}</span>}
          {pair.placed !== null && <PairMark state={state} />}
          {large && isLinedUp(state) && <span>{t('compare.displayAid')}</span>}
          {wantsOverlay && kind === null && prior !== undefined && <span>{t('compare.plainPair')}</span>}
        </>
      }
      offers={
        (doubts.length > 0 || current.flags.length > 0) &&
        context.retake !== null && (
          <RetakeOffer
            hasKey={view === mode.activeView}
            onRetake={() => {
              const start = retakeOf(reviewCase, view, context.checks)
              if (start !== null) context.retake?.(start)
            }}
          />
        )
      }
    />
  )
}

/** Where the prior lies over the current photo: as it was lined up, else both at fit. */
function useMatrix({ current, prior, state, look, frame, view }: ViewPair, context: CellContext) {
  const { photo } = current
  const earlier = prior?.photo ?? null
  const turn = photo === null ? undefined : context.adjustments.of({ hash: photo.hash, view })
  return useMemo(() => {
    if (photo === null || earlier === null || frame === null || frame.widthPx === 0 || turn === undefined)
      return undefined
    const link = state.phase === 'aligned' ? linkOf(state) : withoutFit(linkOf(state), photo, earlier, frame)
    return priorToFrame({ photo, look, turn, frame }, earlier, link)
  }, [photo, earlier, state, look, frame, turn])
}
