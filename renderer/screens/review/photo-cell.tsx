import { memo, type ReactNode, useCallback, useEffect, useId, useMemo, useState, useSyncExternalStore } from 'react'
import type { View } from '../../../server/contract/domain/views.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { type Adjustments, UNADJUSTED } from '../../viewer/adjustments.ts'
import type { Look, SizePx } from '../../viewer/geometry.ts'
import { type OnScreen, whileOnScreen } from '../../viewer/on-screen.ts'
import type { PhotoCache, PhotoState } from '../../viewer/photo-cache.ts'
import { type PaneLayer, PhotoPane } from '../../viewer/photo-pane.tsx'
import type { UsedAdjustments } from '../../viewer/use-adjustments.ts'
import type { Slot } from './case-photos.ts'
import { AdjustMark } from './compare/adjust-mark.tsx'
import type { CheckStore } from './compare/check-store.ts'
import type { PairStore } from './compare/pair-store.ts'
import type { RetakeStart } from './compare/retake-start.ts'
import { FlagMark } from './flag-mark.tsx'
import type { ShownPhoto } from './use-displayed.ts'
import type { PlacedPair, Side, Viewport } from './use-viewport.ts'

export type CellContext = {
  readonly cache: PhotoCache
  readonly hands: Viewport['hands']
  readonly pairs: PairStore
  readonly checks: CheckStore
  readonly adjustments: UsedAdjustments
  /** Not so for the stage of the next case, which is painted ahead. */
  readonly onScreen: OnScreen
  readonly show: (cell: string, shown: ShownPhoto | null) => void
  readonly select: (view: View) => void
  readonly moveSwipe: (at: number) => void
  /** Opens the form of a retake with what is doubtful about a photo; null where nothing is decided. */
  readonly retake: ((start: RetakeStart) => void) | null
}
type Props = {
  readonly context: CellContext
  readonly side: Side
  readonly slot: Slot
  readonly placed: PlacedPair
  /** Of the photo that is shown. */
  readonly look: Look
  readonly named: boolean
  readonly nowMs: number
  /** Blink and swipe: whose day the label tells, and what is laid over the photo. */
  readonly labelled?: Slot
  readonly overlay?: ReactNode
  /** More words for the label, and what stands at the photo's borders. */
  readonly marks?: ReactNode
  readonly offers?: ReactNode
  /** Something else covers the photo: it is not on screen. */
  readonly covered?: boolean
  readonly brightened?: boolean
  readonly onFrame?: (frame: SizePx) => void
}

const SCRIM = 'rounded-[3px] bg-black/75 px-1.5 text-11 text-[#e6e6e6]'
/** A difference is dark where little has changed: lifted so that it can be seen at all. */
const BRIGHTENED = { filter: 'brightness(1.8)' }

/** One photo with what must be said about it, on a scrim: labels stay readable over teeth. */
export const PhotoCell = memo(function PhotoCell(props: Props) {
  const {
    context,
    side,
    slot,
    placed,
    look,
    named,
    nowMs,
    labelled = slot,
    covered = false,
    brightened = false,
  } = props
  const t = useText()
  const times = useTimes()
  const { photo, view } = slot
  const { hands, adjustments } = context
  const adjusted = photo === null ? UNADJUSTED : adjustments.of({ hash: photo.hash, view })
  const state = usePhotoState(context.cache, photo?.hash)
  useShown(context, slot, state === 'ready' && !covered)
  const setFrame = useMeasured(context, slot, side, adjusted)
  const layer = useMemo(
    (): PaneLayer | null => (photo === null ? null : { photo, look, adjustments: adjusted }),
    [photo, look, adjusted],
  )

  const viewName = t(`view.${view}`)
  const day = times.day(slot.capturedOn, nowMs)
  if (photo === null || layer === null)
    return <EmptySlot slot={slot} name={named ? viewName : null} day={named ? null : day} offers={props.offers} />
  const place = { view, side, pair: placed }
  const percent = Math.round(look.zoom * 100)
  const isPicking = adjustments.picking?.view === view
  return (
    <div className="relative isolate h-full min-w-0 flex-1 overflow-hidden bg-bg" data-side={side}>
      <div className="absolute inset-0 isolate" style={brightened ? BRIGHTENED : undefined}>
        <PhotoPane
          cache={context.cache}
          layer={layer}
          label={`${viewName}, ${day}`}
          onScreen={context.onScreen}
          onLook={(look, alone) => hands.move(place, look, alone)}
          onPointer={(at) => hands.point(at === null ? null : { ...at, ...place })}
          onFrame={(frame) => {
            setFrame(frame)
            props.onFrame?.(frame)
          }}
          onPick={isPicking ? (patch) => void adjustments.balance({ hash: photo.hash, view }, patch) : undefined}
        />
        {props.overlay}
      </div>
      {(state === 'absent' || state === 'broken') && (
        <p className="pointer-events-none absolute inset-0 grid place-items-center p-3 text-center text-13 text-dim">
          {t(
            state === 'absent'
              ? 'review.photoComing'
              : side === 'current'
                ? 'review.photoBroken'
                : 'review.earlierBroken',
          )}
        </p>
      )}
      <p
        className={`pointer-events-none absolute top-1.5 left-1.5 z-11 flex max-w-[calc(100%-12px)] flex-wrap gap-x-2 ${SCRIM}`}
      >
        {named && <b className="font-semibold">{viewName}</b>}
        <span className={labelled === slot ? '' : 'font-semibold text-accent'}>
          {labelled === slot ? day : times.day(labelled.capturedOn, nowMs)}
        </span>
        {!named && slot.stage !== null && <span>{t('review.aligner', { stage: slot.stage })}</span>}
        {labelled.flags.map((flag) => (
          <FlagMark key={flag} flag={flag} />
        ))}
        {props.marks}
      </p>
      <div className="pointer-events-none absolute inset-x-1.5 bottom-1.5 z-5 flex flex-wrap items-end gap-1.5">
        <AdjustMark adjustments={adjusted} pinned={adjustments.isPinned(view)} onReset={adjustments.reset} />
        {isPicking && <p className={SCRIM}>{t('compare.pickGrey')}</p>}
        <span className="flex-1" />
        {props.offers}
        {percent > 100 && <p className={SCRIM}>{t('review.zoomed', { percent })}</p>}
      </div>
    </div>
  )
})

/** Tells that this photo is on screen, for as long as it is. */
export function useShown({ show, onScreen }: CellContext, slot: Slot | undefined, isShown: boolean) {
  const cell = useId()
  const hash = slot?.facts?.hash
  const sessionId = slot?.sessionId
  const view = slot?.view
  useEffect(() => {
    if (!isShown || hash === undefined || sessionId === undefined || view === undefined) return undefined
    return whileOnScreen(onScreen, () => {
      show(cell, { sessionId, view, photo: hash })
      return () => show(cell, null)
    })
  }, [show, onScreen, cell, isShown, hash, sessionId, view])
}

function usePhotoState(cache: PhotoCache, hash: string | undefined): PhotoState {
  const subscribe = useCallback(
    (changed: () => void) => (hash === undefined ? () => undefined : cache.subscribe(hash, changed)),
    [cache, hash],
  )
  return useSyncExternalStore(subscribe, () => (hash === undefined ? 'loading' : cache.stateOf(hash)))
}

/** Verbs without a pointer act at the middle of the photo on screen: tells how large its place is. */
function useMeasured({ hands, onScreen }: CellContext, { photo, view }: Slot, side: Side, adjustments: Adjustments) {
  const [frame, setFrame] = useState<SizePx | null>(null)
  useEffect(() => {
    if (side !== 'current' || photo === null || frame === null) return undefined
    return whileOnScreen(onScreen, () => {
      hands.measured(view, { photo, frame, adjustments })
      return undefined
    })
  }, [hands, onScreen, side, photo, view, frame, adjustments])
  return setFrame
}

type EmptyProps = Pick<Props, 'slot' | 'offers'> & { readonly name: string | null; readonly day: string | null }

/** A view that was not sent, or was refused: a drawn place that says so. */
function EmptySlot({ slot, name, day, offers }: EmptyProps) {
  const t = useText()
  return (
    // Its padding lies inside: in a pair both places are equally wide.
    <div className="relative h-full min-w-0 flex-1">
      <div className="absolute inset-0 grid place-items-center p-3">
        <div className="grid h-full max-h-40 w-full max-w-72 place-items-center rounded-[4px] border border-dashed border-line p-3 text-center text-13 text-dim">
          <div className="flex flex-col items-center gap-1">
            {name !== null && <b className="text-11 font-semibold text-ink">{name}</b>}
            {day !== null && <span className="text-11">{day}</span>}
            <StatusDot tone="off">{t(slot.refusal === null ? 'flag.missing' : 'flag.refused')}</StatusDot>
            {slot.refusal !== null && <span className="text-11">{t(`refusal.${slot.refusal}`)}</span>}
            {day !== null && slot.refusal === null && <span className="text-11">{t('compare.noScanOfView')}</span>}
            {offers}
          </div>
        </div>
      </div>
    </div>
  )
}
