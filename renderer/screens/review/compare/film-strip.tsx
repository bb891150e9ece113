import { useEffect, useRef } from 'react'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { currentSlot, priorSlot, priorSlots } from '../case-photos.ts'
import type { StageProps } from '../stage.tsx'
import { Thumbnail } from '../thumbnail.tsx'

type Props = StageProps & { readonly vertical: boolean }

/** One view over time, the newest on the right (or at the foot): any earlier scan can be pinned beside the new one. */
export function FilmStrip({ reviewCase, mode, context, nowMs, pinPrior, vertical }: Props) {
  const t = useText()
  const times = useTimes()
  const view = mode.activeView
  const slots = priorSlots(reviewCase, view)
  const chosen = priorSlot(reviewCase, view, mode.priorId)
  const current = currentSlot(reviewCase, view)
  const strip = useRef<HTMLDivElement>(null)
  const chosenId = chosen?.sessionId
  const place = `${reviewCase.session.id} ${view}`
  const scrolledFor = useRef('')
  useEffect(() => {
    const element = strip.current
    if (element === null || chosenId === undefined) return
    // The newest stands at the end and is looked at first; from there only as far as the chosen one asks for.
    if (scrolledFor.current !== place) {
      element.scrollLeft = element.scrollWidth
      element.scrollTop = element.scrollHeight
    }
    scrolledFor.current = place
    const chosenFrame = element.querySelector(`[data-strip="${chosenId} ${view}"]`)
    chosenFrame?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [chosenId, view, place])
  const frame = `flex shrink-0 flex-col gap-0.5 p-1 text-left text-11 ${vertical ? 'aspect-4/3 w-full' : 'aspect-4/3 h-full'}`
  return (
    <div
      ref={strip}
      role="group"
      aria-label={t('compare.filmStrip', { view: t(`view.${view}`) })}
      className={`flex min-h-0 min-w-0 gap-px bg-bg p-1 ${vertical ? 'h-full flex-col overflow-y-auto' : 'h-full flex-row justify-end-safe overflow-x-auto'}`}
    >
      {slots.length === 0 && (
        <p className="self-center px-3 text-13 text-dim">
          {t(reviewCase.priors.length === 0 ? 'review.firstScanLong' : 'review.noEarlierPhoto')}
        </p>
      )}
      {slots.toReversed().map((slot) => {
        const isChosen = slot.sessionId === chosenId
        return (
          <button
            key={slot.sessionId}
            data-strip={`${slot.sessionId} ${view}`}
            type="button"
            aria-pressed={isChosen}
            onClick={() => pinPrior(slot.sessionId)}
            className={`${frame} border ${isChosen ? 'border-accent text-ink' : 'border-transparent text-dim hover:text-ink'}`}
          >
            <span className="pointer-events-none flex min-h-0 w-full flex-1">
              <Thumbnail slot={slot} context={context} />
            </span>
            <span className="flex justify-between gap-1 whitespace-nowrap">
              <span>{times.day(slot.capturedOn, nowMs)}</span>
              <span>
                {isChosen ? t('compare.pinned') : slot.stage === null ? '' : t('review.aligner', { stage: slot.stage })}
              </span>
            </span>
          </button>
        )
      })}
      <div className={`${frame} border border-line text-ink`}>
        <span className="pointer-events-none flex min-h-0 w-full flex-1">
          <Thumbnail slot={current} context={context} />
        </span>
        <span className="whitespace-nowrap">
          {t('compare.thisScan', { day: times.day(current.capturedOn, nowMs) })}
        </span>
      </div>
    </div>
  )
}
