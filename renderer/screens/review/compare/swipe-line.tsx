import { useRef } from 'react'
import { useText } from '../../../text/text-context.tsx'

type Props = {
  /** Share of the place's width. */
  readonly at: number
  readonly onMove: (at: number) => void
}

/** Earlier photo on the left of it, the new one on the right. Dragged with the mouse, moved with the arrow keys. */
export function SwipeLine({ at, onMove }: Props) {
  const t = useText()
  const line = useRef<HTMLDivElement>(null)
  const moveTo = (clientX: number) => {
    const box = line.current?.parentElement?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return
    onMove(Math.min(1, Math.max(0, (clientX - box.left) / box.width)))
  }
  return (
    <div
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={t('compare.swipeLine')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      className="absolute inset-y-0 z-10 -ml-2.5 flex w-5 cursor-ew-resize touch-none justify-center"
      style={{ left: `${at * 100}%` }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowLeft' ? -0.02 : event.key === 'ArrowRight' ? 0.02 : 0
        if (by === 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        onMove(Math.min(1, Math.max(0, at + by)))
      }}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture?.(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) moveTo(event.clientX)
      }}
    >
      <span aria-hidden className="pointer-events-none h-full w-0.5 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.6)]" />
      <span
        aria-hidden
        className="pointer-events-none absolute top-1/2 -mt-3 grid h-6 w-6 place-items-center rounded-full border border-black/60 bg-white text-13 text-black"
      >
        ↔
      </span>
    </div>
  )
}
