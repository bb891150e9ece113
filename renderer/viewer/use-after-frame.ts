import { useEffect, useState } from 'react'
import { afterFrame } from './after-paint.ts'

/**
 * The value one frame later: for what follows a picture and must not hold it up. Not `useDeferredValue`, whose render is
 * given up and begun again for every other update: on a busy computer it comes seconds later.
 */
export function useAfterFrame<T extends string | number | undefined>(value: T): T {
  const [told, setTold] = useState(value)
  useEffect(() => (told === value ? undefined : afterFrame(() => setTold(value))), [told, value])
  return told
}
