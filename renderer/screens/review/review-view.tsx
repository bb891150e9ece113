import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useIsSlow } from '../../ui/skeleton.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { PhotoCache } from '../../viewer/photo-cache.ts'
import { AdjudicatePanel } from './adjudicate/adjudicate-panel.tsx'
import { CaseHeader } from './case-header.tsx'
import { ringOf } from './case-photos.ts'
import type { Draft } from './draft.ts'
import { Stage } from './stage.tsx'
import { TagPanel } from './tag-panel.tsx'
import { TakeBackLine } from './take-back-line.tsx'
import type { Review } from './use-review.ts'

type Props = {
  readonly review: Review
  readonly cache: PhotoCache
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

export function ReviewView({ review, cache, myId, onClose }: Props) {
  const t = useText()
  const nowMs = useNow()
  const { batch, reviewCase, draft, mode, viewport, conflict } = review

  const [nextCase, secondNext] = batch.next
  const { previous } = batch
  const { activeView, priorAge } = mode
  useEffect(() => {
    const next = [nextCase, secondNext].filter((one) => one !== undefined)
    cache.setRing(ringOf({ current: reviewCase, next, previous }, activeView, priorAge))
  }, [cache, reviewCase, nextCase, secondNext, previous, activeView, priorAge])

  /** Zoomed in, the arrows move the photo; at fit they move between views and scores (the command table). */
  const pan = useEffectEvent((event: KeyboardEvent) => {
    const step = PANS[event.key]
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    if (step === undefined || !isPlain || event.target !== event.currentTarget) return
    if (viewport.panActive(mode.activeView, step[0], step[1])) event.preventDefault()
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
      {!mode.fullScreen && (
        <CaseHeader reviewCase={reviewCase} index={batch.index} total={batch.order.length} nowMs={nowMs} />
      )}
      <div
        className={`grid min-h-0 flex-1 ${mode.fullScreen || batch.currentId === undefined ? '' : conflict === undefined ? 'grid-cols-[1fr_clamp(320px,22vw,420px)]' : 'grid-cols-[1fr_clamp(440px,34vw,640px)]'}`}
      >
        <div className="relative min-h-0 min-w-0">
          <Body review={review} cache={cache} nowMs={nowMs} onClose={onClose} />
        </div>
        {!mode.fullScreen &&
          (reviewCase !== undefined && draft !== undefined ? (
            <Panel review={review} reviewCase={reviewCase} draft={draft} myId={myId} />
          ) : (
            // Its place, while a case is read: the photos beside it must not jump.
            batch.currentId !== undefined && <div className="border-l border-line bg-panel" />
          ))}
      </div>
    </main>
  )
}

type PanelProps = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  readonly draft: Draft
  readonly myId: string | undefined
}

function Panel(props: PanelProps) {
  const { conflict } = props.review
  return conflict === undefined ? <TagPanel {...props} /> : <AdjudicatePanel {...props} conflict={conflict} />
}

type BodyProps = {
  readonly review: Review
  readonly cache: PhotoCache
  readonly nowMs: number
  readonly onClose: () => void
}

function Body({ review, cache, nowMs, onClose }: BodyProps) {
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
          <TakeBackLine last={review.decisions.last} />
        </div>
      </EmptyState>
    )
  }
  if (batch.current?.kind === 'failed') {
    const id = batch.currentId
    return (
      <EmptyState
        alert
        title={t('review.notThere')}
        action={
          <>
            <Button onClick={() => void batch.reload(id)}>{t('common.retry')}</Button>
            <Button onClick={onClose}>
              {t('command.review.close')} <CommandKeys id="review.close" />
            </Button>
          </>
        }
      >
        {t(errorKey(batch.current.error.code))}
      </EmptyState>
    )
  }
  if (reviewCase === undefined) return slow ? <EmptyState title={t('common.loading')} /> : null
  return <Deck review={review} reviewCase={reviewCase} cache={cache} nowMs={nowMs} />
}

/**
 * The case on screen and, covered by it, the next one already painted: a decision only flips which one lies on top.
 * Covered and not `visibility: hidden`: the browser rasters what is covered and leaves out what is hidden, and ten
 * photos at the moment of the key cost two frames. The lower one is made after the upper one has been painted
 * (deferred), is inert, and counts as not shown.
 */
function Deck({ review, reviewCase, cache, nowMs }: Omit<BodyProps, 'onClose'> & { readonly reviewCase: ReviewCase }) {
  const { batch, mode, viewport, displayed, setActiveView: select } = review
  const { hands, looks } = viewport
  const { show, seen } = displayed
  // The same objects while nothing changed: a stage renders again only for what it shows.
  const shown = useMemo(() => ({ cache, hands, onScreen: true, show, select }), [cache, hands, show, select])
  const hidden = useMemo(() => ({ ...shown, onScreen: false }), [shown])
  const modeAhead = useMemo(() => ({ ...mode, blinking: false, priorAge: 0 }), [mode])
  const ahead = useDeferredValue(batch.next[0], undefined)
  const cases = ahead === undefined || ahead.session.id === reviewCase.session.id ? [reviewCase] : [reviewCase, ahead]
  return cases.map((one) => {
    const onScreen = one === reviewCase
    return (
      <div
        key={one.session.id}
        className={`absolute inset-0 bg-bg ${onScreen ? 'z-1' : 'z-0'}`}
        aria-hidden={!onScreen}
        inert={!onScreen}
        data-stage={onScreen ? 'shown' : 'ahead'}
      >
        <Stage
          reviewCase={one}
          mode={onScreen ? mode : modeAhead}
          context={onScreen ? shown : hidden}
          looks={looks}
          seen={seen}
          nowMs={nowMs}
          pickPrior={review.setPriorAge}
        />
      </div>
    )
  })
}
