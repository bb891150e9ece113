import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly alert?: boolean
}

/** A drawn state where content would be: calm, says what to do next. */
export function EmptyState({ title, children, action, alert = false }: Props) {
  return (
    <div
      role={alert ? 'alert' : 'status'}
      className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center"
    >
      <p className="text-15 font-semibold text-ink">{title}</p>
      {children !== undefined && <div className="max-w-[52ch] text-13 text-dim">{children}</div>}
      {action !== undefined && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  )
}
