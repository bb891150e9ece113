import type { ReactNode } from 'react'
import { StatusDot, type Tone } from './status-dot.tsx'

/** A framed word in a header. With a tone it carries the tone's shape too. */
export function Pill({ tone, children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className="inline-flex h-5 items-center rounded-[3px] border border-line px-1.5 text-11 whitespace-nowrap text-ink">
      {tone === undefined ? children : <StatusDot tone={tone}>{children}</StatusDot>}
    </span>
  )
}
