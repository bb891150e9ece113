import { memo, useEffect, useId, useState } from 'react'
import type { View } from '../../../server/contract/domain/views.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import type { PhotoCache, PhotoState } from '../../viewer/photo-cache.ts'
import { type PaneLayer, PhotoPane } from '../../viewer/photo-pane.tsx'
import type { Slot } from './case-photos.ts'
import { FlagMark } from './flag-mark.tsx'
import type { ShownPhoto } from './use-displayed.ts'
import type { Look } from '../../viewer/geometry.ts'
import type { Place, Side, Viewport } from './use-viewport.ts'

export type CellContext = {
  readonly cache: PhotoCache
  readonly hands: Viewport['hands']
  /** False for the stage of the next case, which is painted ahead. */
  readonly onScreen: boolean
  readonly show: (cell: string, shown: ShownPhoto | null) => void
  readonly select: (view: View) => void
}
type Props = {
  readonly context: CellContext
  readonly side: Side
  readonly slot: Slot
  readonly caseId: Slot['sessionId']
  /** Of the photo that is shown. */
  readonly look: Look
  /** Drawn over the slot's photo as a difference, at the look of its own. */
  readonly against?: Slot | undefined
  readonly againstLook?: Look | undefined
  /** Blink: what the cell shows instead while B is down. */
  readonly instead?: Slot | undefined
  readonly named: boolean
  readonly nowMs: number
}

/** One photo with what must be said about it, on a scrim: labels stay readable over teeth. */
export const PhotoCell = memo(function PhotoCell(props: Props) {
  const { context, side, caseId, slot, look, against, againstLook, instead, named, nowMs } = props
  const t = useText()
  const times = useTimes()
  const cell = useId()
  const [state, setState] = useState<PhotoState>('loading')
  const shown = instead ?? slot
  const shownSide: Side = instead === undefined ? side : 'prior'
  const photo = shown.photo

  const { show, onScreen } = context
  const hash = shown.facts?.hash
  const { sessionId, view } = shown
  useEffect(() => {
    show(cell, onScreen && state === 'ready' && hash !== undefined ? { sessionId, view, photo: hash } : null)
    return () => show(cell, null)
  }, [show, onScreen, cell, state, hash, sessionId, view])

  const viewName = t(`view.${shown.view}`)
  const day = times.day(shown.capturedOn, nowMs)
  if (photo === null) return <EmptySlot slot={shown} name={named ? viewName : null} />
  const { hands } = context
  const place: Place = { sessionId: caseId, view: shown.view, side: shownSide }
  const layer: PaneLayer = { photo, look }
  const isDifference = against?.photo != null && againstLook !== undefined && instead === undefined
  const layers: readonly [PaneLayer, ...PaneLayer[]] =
    isDifference && against.photo !== null ? [layer, { photo: against.photo, look: againstLook }] : [layer]
  return (
    <div className="relative h-full min-w-0 flex-1 overflow-hidden bg-bg" data-side={shownSide}>
      <PhotoPane
        cache={context.cache}
        layers={layers}
        label={`${viewName}, ${day}`}
        onScreen={context.onScreen}
        onLook={(look, alone) => hands.move(place, look, alone)}
        onPointer={(at) => hands.point(at === null ? null : { ...at, ...place })}
        onFrame={(frame) => side === 'current' && hands.measured(shown.view, { photo, frame })}
        onState={setState}
      />
      {(state === 'absent' || state === 'broken') && (
        <p className="pointer-events-none absolute inset-0 grid place-items-center p-3 text-center text-13 text-dim">
          {t(state === 'absent' ? 'review.photoComing' : 'review.photoBroken')}
        </p>
      )}
      <p className="pointer-events-none absolute top-1.5 left-1.5 flex max-w-[calc(100%-12px)] flex-wrap gap-x-2 rounded-[3px] bg-black/75 px-1.5 text-11 text-[#e6e6e6]">
        {named && <b className="font-semibold">{viewName}</b>}
        <span className={instead === undefined ? '' : 'font-semibold text-accent'}>{day}</span>
        {isDifference && <span className="text-minor">{t('review.differenceMark')}</span>}
        {shown.flags.map((flag) => (
          <FlagMark key={flag} flag={flag} />
        ))}
      </p>
      {look.zoom > 1.001 && (
        <p className="pointer-events-none absolute right-1.5 bottom-1.5 rounded-[3px] bg-black/75 px-1.5 text-11 text-[#e6e6e6]">
          {t('review.zoomed', { percent: Math.round(look.zoom * 100) })}
        </p>
      )}
    </div>
  )
})

/** A view that was not sent, or was refused: a drawn place that says so. */
function EmptySlot({ slot, name }: { readonly slot: Slot; readonly name: string | null }) {
  const t = useText()
  return (
    // Its padding lies inside: in a pair both places are equally wide.
    <div className="relative h-full min-w-0 flex-1">
      <div className="absolute inset-0 grid place-items-center p-3">
        <div className="grid h-full max-h-40 w-full max-w-72 place-items-center rounded-[4px] border border-dashed border-line p-3 text-center text-13 text-dim">
          <div className="flex flex-col items-center gap-1">
            {name !== null && <b className="text-11 font-semibold text-ink">{name}</b>}
            <StatusDot tone="off">{t(slot.refusal === null ? 'flag.missing' : 'flag.refused')}</StatusDot>
            {slot.refusal !== null && <span className="text-11">{t(`refusal.${slot.refusal}`)}</span>}
          </div>
        </div>
      </div>
    </div>
  )
}
