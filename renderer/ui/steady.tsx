import { useState } from 'react'

type Props = { readonly widest: string; readonly children: string }

/**
 * Words led by a figure that changes while one looks: room for the widest from the start, and the end stays in its
 * place, so that only the figure itself changes.
 */
export function Steady({ widest, children }: Props) {
  return (
    <span
      data-widest={widest}
      className="inline-flex flex-col items-end whitespace-nowrap tabular-nums after:invisible after:block after:h-0 after:overflow-hidden after:content-[attr(data-widest)]"
    >
      {children}
    </span>
  )
}

/** The largest that was seen since this was mounted. */
export function useLargest(count: number): number {
  const [largest, setLargest] = useState(count)
  if (count > largest) setLargest(count)
  return Math.max(count, largest)
}
