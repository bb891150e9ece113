import { useEffect, useState } from 'react'
import { afterFrame } from './after-paint.ts'

/**
 * The value one frame later: for what follows a picture and must not hold it up. Not `useDeferredValue`, whose render is
 * given up and begun again for every other update: on a busy computer it comes seconds later.
 * @param first what it is in the frame in which its component appears: `value` unless that is to wait too
 */
export function useAfterFrame<T extends string | number | undefined>(value: T, first: T = value): T {
  const [told, setTold] = useState(first)
  useEffect(() => (told === value ? undefined : afterFrame(() => setTold(value))), [told, value])
  return told
}
