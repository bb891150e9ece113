import { useState } from 'react'

type Props = { readonly widest: string; readonly children: string }

/** Figures that change while one looks: room for the widest of them from the start, so that nothing beside them moves. */
export function Steady({ widest, children }: Props) {
  return (
    <span
      data-widest={widest}
      className="inline-flex flex-col whitespace-nowrap tabular-nums after:invisible after:block after:h-0 after:overflow-hidden after:content-[attr(data-widest)]"
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
