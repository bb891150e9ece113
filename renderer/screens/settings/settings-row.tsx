import type { ReactNode } from 'react'

type Props = {
  readonly name: string
  readonly hint?: string
  readonly children: ReactNode
  /** Several lines of hint: the value then stands at their beginning. */
  readonly tall?: boolean
}

/** One line of settings: its name, what it means, its value. */
export function SettingsRow({ name, hint, children, tall = false }: Props) {
  return (
    <div
      className={`flex min-h-12 justify-between gap-8 border-b border-row-line py-2 max-[800px]:flex-col max-[800px]:items-start max-[800px]:gap-2 ${tall ? 'items-start' : 'items-center'}`}
    >
      <div className="max-w-[64ch] min-w-0">
        <p className="text-13 text-ink">{name}</p>
        {hint !== undefined && <p className="text-11 text-dim">{hint}</p>}
      </div>
      <div className="max-w-full shrink-0 text-13 text-dim tabular-nums">{children}</div>
    </div>
  )
}
