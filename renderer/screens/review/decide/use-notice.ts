import { useCallback, useState } from 'react'
import type { Params } from '../../../text/interpolate.ts'
import type { TextKey } from '../../../text/table.ts'

/** The words of `key` are said aloud and shown; `turn` makes the same words count again. */
export type Notice = { readonly key: TextKey; readonly params: Params; readonly turn: number }

/** One line of the panel that says why a key did not do what it does elsewhere, or what it did. */
export function useNotice() {
  const [notice, setNotice] = useState<Notice | null>(null)
  const say = useCallback(
    (key: TextKey, params: Params = {}) => setNotice((was) => ({ key, params, turn: (was?.turn ?? 0) + 1 })),
    [],
  )
  return { notice, say, unsay: useCallback(() => setNotice(null), []) }
}
export type Say = (key: TextKey, params?: Params) => void
