import type { ReactNode } from 'react'
import { StatusDot, type Tone } from './status-dot.tsx'

type Props = {
  readonly tone: Tone
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly alert?: boolean
}

/** One line across a screen: what happened, what is safe, what to do. */
export function Banner({ tone, children, action, alert = false }: Props) {
  return (
    <div
      role={alert ? 'alert' : 'status'}
      className="flex min-h-8 shrink-0 items-center justify-between gap-4 border-b border-line bg-raised px-4 py-1 text-13 text-ink"
    >
      <span className="flex items-center gap-2">
        <StatusDot tone={tone}>{null}</StatusDot>
        <span>{children}</span>
      </span>
      {action}
    </div>
  )
}
