import { type RefObject, useLayoutEffect, useState } from 'react'
import type { SizePx } from '../../../viewer/geometry.ts'

/** The size of an element, null until it is known. */
export function useFrame(element: RefObject<HTMLElement | null>): SizePx | null {
  const [frame, setFrame] = useState<SizePx | null>(null)
  useLayoutEffect(() => {
    const measured = element.current
    if (measured === null) return undefined
    const measure = () => {
      const { clientWidth: widthPx, clientHeight: heightPx } = measured
      if (widthPx === 0) return
      setFrame((was) => (was?.widthPx === widthPx && was.heightPx === heightPx ? was : { widthPx, heightPx }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element])
  return frame
}
