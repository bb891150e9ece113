import type { ReactNode } from 'react'
import { StatusDot, type Tone } from './status-dot.tsx'

type Props = {
  readonly tone: Tone
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly alert?: boolean
  /** The side that meets the screen: `top` when it stands under it. */
  readonly edge?: 'top' | 'bottom'
}

/** One line across a screen: what happened, what is safe, what to do. */
export function Banner({ tone, children, action, alert = false, edge = 'bottom' }: Props) {
  return (
    <div
      role={alert ? 'alert' : 'status'}
      className={`flex min-h-8 shrink-0 items-center justify-between gap-4 border-line bg-raised px-4 py-1 text-13 text-ink ${edge === 'top' ? 'border-t' : 'border-b'}`}
    >
      <span className="flex gap-2">
        {/* Beside the first line, however many there are. */}
        <span className="flex h-5 shrink-0 items-center">
          <StatusDot tone={tone}>{null}</StatusDot>
        </span>
        <span>{children}</span>
      </span>
      {action}
    </div>
  )
}
