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

/** A shape and its words. Never the shape alone. */
export function StatusDot({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${TONE_TEXT[tone]}`}>
      <span aria-hidden className="text-[9px] leading-none">
        {SHAPES[tone]}
      </span>
      {children}
    </span>
  )
}
