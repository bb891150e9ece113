import { useEffect, useMemo, useState } from 'react'
import type { View } from '../../server/contract/domain/views.ts'
import { usePort } from '../ports/port-context.tsx'
import { filedPhotos, ringOf } from '../screens/review/case-photos.ts'
import type { Shown } from '../screens/review/compare/follow-messages.ts'
import { pairsOfCases } from '../screens/review/compare/pairs-of-cases.ts'
import { useCompareParts } from '../screens/review/compare/use-compare-parts.ts'
import type { StageMode } from '../screens/review/layouts.ts'
import type { CellContext } from '../screens/review/photo-cell.tsx'
import { Stage } from '../screens/review/stage.tsx'
import { useRules } from '../ports/use-rules.ts'
import { useDisplayed } from '../screens/review/use-displayed.ts'
import { type Looks, START_LOOKS } from '../screens/review/use-viewport.ts'
import { useText, useTimes } from '../text/text-context.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNow } from '../ui/use-now.ts'
import { ALWAYS_ON_SCREEN } from '../viewer/on-screen.ts'
import { useAdjustments } from '../viewer/use-adjustments.ts'
import { useCase } from './use-case.ts'
import { useTellAlive } from './use-tell-alive.ts'
import { useTellSeen } from './use-tell-seen.ts'
import { useFollowed, useForwardedKeys } from './use-followed.ts'
import { useHands } from './use-hands.ts'
import { usePhotoCache } from './use-photo-cache.ts'

/** The second window: the pair of the chosen view, and that view over time. Decides nothing; its keys are the main window's. */
export function CompareWindow() {
  const port = usePort()
  const t = useText()
  const parts = useCompareParts(port, null)
  const { shown, tell } = useFollowed(parts.pairs)
  useForwardedKeys(tell)
  useTellAlive(tell)
  const isOpen = shown !== null
  useEffect(() => {
    document.title = `Loupe · ${t('compare.window')}`
  }, [t])
  return (
    <main
      data-surface="photo"
      data-command-root
      tabIndex={-1}
      aria-label={t('compare.window')}
      className="h-full bg-bg text-ink"
    >
      {isOpen ? (
        <FollowedCase shown={shown} parts={parts} tell={tell} />
      ) : (
        <EmptyState title={t('compare.windowIdle')}>{t('compare.windowIdleHelp')}</EmptyState>
      )}
    </main>
  )
}

type Props = {
  readonly shown: Shown
  readonly parts: ReturnType<typeof useCompareParts>
  readonly tell: ReturnType<typeof useFollowed>['tell']
}

function FollowedCase({ shown, parts, tell }: Props) {
  const port = usePort()
  const nowMs = useNow()
  const cache = usePhotoCache(port)
  const reviewCase = useCase(port, shown.sessionId)
  const { show, seen } = useDisplayed(port, reviewCase?.session.id, reviewCase, useRules(port).seenMs)
  useTellSeen(seen, reviewCase, tell)
  const adjustments = useAdjustments(reviewCase?.session.id)
  const { pairs, checks } = parts
  const { view, priorId, overlay, swipeAt, blinking } = shown
  const looks = useLooks(shown)
  const hands = useHands(pairs, looks, tell)
  useEffect(() => {
    if (reviewCase === undefined) return
    const cases = { current: reviewCase, next: [], previous: undefined }
    cache.setRing(ringOf(cases, view, priorId))
    pairs.want(pairsOfCases(cases, view, priorId))
    checks.want(filedPhotos(reviewCase).filter((photo) => photo.view === view))
  }, [cache, pairs, checks, reviewCase, view, priorId])
  const mode = useMemo(
    (): StageMode => ({ layout: 'strip', activeView: view, fullScreen: false, blinking, overlay, swipeAt, priorId }),
    [view, blinking, overlay, swipeAt, priorId],
  )
  const context = useMemo(
    (): CellContext => ({
      cache,
      hands,
      pairs,
      checks,
      adjustments,
      show,
      onScreen: ALWAYS_ON_SCREEN,
      // One view is shown, and decisions are made in the main window.
      select: () => undefined,
      moveSwipe: (at) => tell({ kind: 'swipe', at }),
      retake: null,
    }),
    [cache, hands, pairs, checks, adjustments, show, tell],
  )
  if (reviewCase === undefined) return null
  return (
    <div className="flex h-full flex-col">
      <Heading {...{ reviewCase, nowMs, view }} />
      <div className="min-h-0 flex-1" data-stage="shown">
        <Stage
          {...{ reviewCase, mode, context, looks, seen, nowMs }}
          pinPrior={(pinned) => tell({ kind: 'pin', priorId: pinned })}
        />
      </div>
    </div>
  )
}

/** Of every view the look that the main window has; only the chosen one is shown here. */
function useLooks({ view, look }: Shown): Looks {
  const [looks, setLooks] = useState(START_LOOKS)
  const known = looks[view]
  if (known.zoom === look.zoom && known.x === look.x && known.y === look.y) return looks
  const next = { ...looks, [view]: look }
  setLooks(next)
  return next
}

type HeadingProps = {
  readonly reviewCase: NonNullable<ReturnType<typeof useCase>>
  readonly nowMs: number
  readonly view: View
}

/** Whose photos these are: two windows must never be taken for two patients. */
function Heading({ reviewCase: { patient, session }, nowMs, view }: HeadingProps) {
  const t = useText()
  const times = useTimes()
  const name = patient.givenName === '' ? patient.familyName : `${patient.familyName}, ${patient.givenName}`
  return (
    <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel px-4 text-13">
      <h1 className="text-15 font-semibold">{name}</h1>
      <span className="text-dim">{times.day(session.capturedOn, nowMs)}</span>
      <span>{t(`view.${view}`)}</span>
    </header>
  )
}
