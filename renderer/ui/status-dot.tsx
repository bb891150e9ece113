import type { ReactNode } from 'react'

export type Tone = 'ok' | 'minor' | 'off' | 'flag' | 'dim'

export const TONE_TEXT = {
  ok: 'text-ok',
  minor: 'text-minor',
  off: 'text-off',
  flag: 'text-flag',
  dim: 'text-dim',
} as const satisfies Record<Tone, string>

/** One shape per tone, so that nothing is told by colour alone. */
const SHAPES = { ok: '●', minor: '▲', off: '■', flag: '◆', dim: '○' } as const satisfies Record<Tone, string>

type Props = { readonly tone: Tone; readonly children: ReactNode; readonly truncate?: boolean }

/** A shape and its words. Never the shape alone. */
export function StatusDot({ tone, children, truncate = false }: Props) {
  return (
    <span
      className={`inline-flex max-w-full min-w-0 items-center gap-1.5 align-top whitespace-nowrap ${TONE_TEXT[tone]}`}
    >
      <span aria-hidden className="text-[9px] leading-none">
        {SHAPES[tone]}
      </span>
      {truncate ? <span className="truncate">{children}</span> : children}
    </span>
  )
}
