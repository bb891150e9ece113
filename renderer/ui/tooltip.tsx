import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'

/** Once at the top of the window. */
export function MotionlessTooltips({ children }: { readonly children: ReactNode }) {
  return <Tooltip.Provider delayDuration={400}>{children}</Tooltip.Provider>
}

/** On hover and on focus; only for what the words beside it leave out (an exact time, a full name). */
export function Hint({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          className="z-50 rounded-[3px] border border-line bg-panel px-2 py-1 text-11 text-ink"
        >
          {hint}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
