import { memo, useEffect, useEffectEvent, useMemo, useRef } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { CommandKeys, useHeldKeys } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useIsSlow } from '../../ui/skeleton.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { PhotoCache } from '../../viewer/photo-cache.ts'
import { useAfterFrame } from '../../viewer/use-after-frame.ts'
import { isAsTold, type LateProps } from './late.ts'
import { AdjudicatePanel } from './adjudicate/adjudicate-panel.tsx'
import { CaseHeader } from './case-header.tsx'
import type { CompareParts } from './compare/use-compare-parts.ts'
import { useLeading } from './compare/use-leading.ts'
import { usePrefetch } from './compare/use-prefetch.ts'
import { needsCase } from './decide/needs-case.ts'
import { NotHere } from './decide/not-here.tsx'
import { SecondReadPanel } from './decide/second-read-panel.tsx'
import { FullScreenWords } from './full-screen-words.tsx'
import { Stage } from './stage.tsx'
import { TagPanel } from './tag-panel.tsx'
import { TakeBackLine } from './take-back-line.tsx'
import type { StageMode } from './layouts.ts'
import { useDeckContexts } from './use-deck-contexts.ts'
import { useDeckSlots } from './use-deck-slots.ts'
import type { Review } from './use-review.ts'

type Props = {
  readonly review: Review
  readonly cache: PhotoCache
  readonly compare: CompareParts
  readonly myId: string | undefined
  readonly onClose: () => void
}

const PAN_STEP_PX = 60
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN_STEP_PX, 0],
  ArrowRight: [-PAN_STEP_PX, 0],
  ArrowUp: [0, PAN_STEP_PX],
  ArrowDown: [0, -PAN_STEP_PX],
}

export function ReviewView({ review, cache, compare, myId, onClose }: Props) {
  const t = useText()
  const nowMs = useNow()
  const { batch, reviewCase, mode, conflict } = review
  const shown = `${batch.currentId} ${reviewCase?.session.id}`
  const isLate = useAfterFrame(shown, '') !== shown
  // The panel is still the former case's: what is typed into it would be filed there, or be lost with it.
  useHeldKeys(isLate && reviewCase !== undefined, false, needsCase)

  usePrefetch(review, cache, compare)
  useLeading(review, compare.pairs)

  /** The arrows move the swipe line, and zoomed in the photo; else they move between views and scores (the command table). */
  const pan = useEffectEvent((event: KeyboardEvent) => {
    const step = PANS[event.key]
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    if (step === undefined || !isPlain || event.target !== event.currentTarget) return
    if (review.looking.moveByArrow(step[0], step[1])) event.preventDefault()
  })
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = root.current
    element?.addEventListener('keydown', pan)
    return () => element?.removeEventListener('keydown', pan)
  }, [])

  return (
    <main
      ref={root}
      data-surface="photo"
      data-command-root
      tabIndex={-1}
      aria-label={t('review.title')}
      className="flex h-full flex-col bg-bg text-ink"
    >
      {/* Space moves no focus: whoever does not see the frame hears which view has it. */}
      <p aria-live="polite" className="sr-only">
        {t(`view.${mode.activeView}`)}
      </p>
      {!mode.fullScreen && <CaseHeader review={review} nowMs={nowMs} isLate={isLate} />}
      <div
        className={`grid min-h-0 flex-1 ${mode.fullScreen || batch.currentId === undefined ? '' : conflict === undefined ? 'grid-cols-[1fr_clamp(320px,22vw,420px)]' : 'grid-cols-[1fr_clamp(440px,34vw,640px)]'}`}
      >
        <div className="relative min-h-0 min-w-0">
          <Body review={review} cache={cache} compare={compare} nowMs={nowMs} onClose={onClose} />
          {mode.fullScreen && <FullScreenWords review={review} />}
        </div>
        {!mode.fullScreen && batch.currentId !== undefined && <Panel review={review} myId={myId} isLate={isLate} />}
      </div>
    </main>
  )
}

type PanelProps = LateProps & { readonly review: Review; readonly myId: string | undefined }

const Panel = memo(function Panel({ review, myId, isLate }: PanelProps) {
  const { reviewCase, draft, conflict, second } = review
  // Its place, while a case is read: the photos beside it must not jump.
  if (isLate || reviewCase === undefined || draft === undefined)
    return <div className="border-l border-line bg-panel" />
  const props = { review, reviewCase, draft, myId }
  if (second.revealed !== null) return <SecondReadPanel {...props} revealed={second.revealed} />
  return conflict === undefined ? <TagPanel {...props} /> : <AdjudicatePanel {...props} conflict={conflict} />
}, isAsTold)

type BodyProps = {
  readonly review: Review
  readonly cache: PhotoCache
  readonly compare: CompareParts
  readonly nowMs: number
  readonly onClose: () => void
}

function Body({ review, cache, compare, nowMs, onClose }: BodyProps) {
  const t = useText()
  const { batch, reviewCase } = review
  const slow = useIsSlow(batch.current === undefined && batch.currentId !== undefined)
  if (batch.currentId === undefined) {
    const isEmpty = batch.order.length === 0
    return (
      <EmptyState
        title={t(isEmpty ? 'review.emptyBatch' : 'review.batchDone')}
        action={
          <Button onClick={onClose}>
            {t('command.review.close')} <CommandKeys id="review.close" />
          </Button>
        }
      >
        {t(isEmpty ? 'review.emptyBatchHelp' : 'review.batchDoneHelp')}
        <div className={review.decisions.last === null ? 'mt-4' : 'mt-4 text-left'}>
          <TakeBackLine last={review.decisions.last} gone={review.decisions.gone} />
        </div>
      </EmptyState>
    )
  }
  if (batch.current?.kind === 'failed' || review.withdrawing.isDone(batch.currentId))
    return <NotHere review={review} onClose={onClose} />
  if (reviewCase === undefined) return slow ? <EmptyState title={t('common.loading')} /> : null
  return <Deck review={review} reviewCase={reviewCase} cache={cache} compare={compare} nowMs={nowMs} />
}

type DeckProps = Omit<BodyProps, 'onClose'> & { readonly reviewCase: ReviewCase }

/**
 * The case on screen and, unseen in the same place, the next one already painted: a decision only flips which of the two
 * layers shows. Both are layers of the compositor (`will-change`), so that neither is laid out, painted or rastered for
 * it; what is `visibility: hidden` would be rastered only when it is needed. The other one is inert, and counts as not
 * shown. Neither stage renders for the flip: what it gets stays the same, and its parts hear of it by `onScreen`.
 */
function Deck({ review, reviewCase, cache, compare, nowMs }: DeckProps) {
  const { batch, mode, viewport, displayed, looking } = review
  const contexts = useDeckContexts(review, cache, compare)
  const modeAhead = useModeAhead(mode)
  const isPlain = !mode.blinking && mode.priorId === null
  const slots = useDeckSlots(reviewCase, batch.next[0])
  const shownAt = slots[1] === reviewCase ? 1 : 0
  // Said of both after the frame that flips them: it changes the style of every element of both stages.
  const reachableAt = useAfterFrame(shownAt)
  useEffect(() => {
    // The one that goes away first: no photo of two cases is on screen at once.
    contexts[shownAt === 0 ? 1 : 0].onScreen.set(false)
    contexts[shownAt].onScreen.set(true)
  }, [contexts, shownAt])
  return ([0, 1] as const).map((slot) => {
    const one = slots[slot]
    if (one === undefined) return null
    const isShown = slot === shownAt
    return (
      <div
        key={slot === 0 ? 'even' : 'odd'}
        className={`absolute inset-0 bg-bg will-change-[opacity] ${isShown ? 'opacity-100' : 'opacity-0'}`}
        aria-hidden={slot !== reachableAt}
        inert={slot !== reachableAt}
        data-stage={isShown ? 'shown' : 'ahead'}
      >
        <Stage
          reviewCase={one}
          mode={isShown && !isPlain ? mode : modeAhead}
          context={contexts[slot]}
          looks={viewport.looks}
          seen={displayed.seen}
          nowMs={quarterHourOf(nowMs)}
          pinPrior={looking.pinPrior}
        />
      </div>
    )
  })
}

const QUARTER_HOUR_MS = 900_000

/** Stages tell days, which begin on a quarter of an hour everywhere: they need not render for every minute. */
function quarterHourOf(nowMs: number): number {
  return Math.floor(nowMs / QUARTER_HOUR_MS) * QUARTER_HOUR_MS
}

/** As the next case opens: blinking ends with the case, and so does a pinned earlier scan. The same while that is. */
function useModeAhead({ layout, activeView, fullScreen, overlay, swipeAt }: StageMode): StageMode {
  return useMemo(
    () => ({ layout, activeView, fullScreen, overlay, swipeAt, blinking: false, priorId: null }),
    [layout, activeView, fullScreen, overlay, swipeAt],
  )
}
