import { useState } from 'react'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'

export type SignIn =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  /** The rest happens in the browser; the host announces the new state when it is done. */
  | { readonly kind: 'waiting'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode }

/** @param isNeeded false once somebody is signed in: what was asked until then is over */
export function useSignIn(isNeeded = true): { state: SignIn; start: () => void } {
  const port = usePort()
  const [state, setState] = useState<SignIn>({ kind: 'idle' })
  if (!isNeeded && state.kind !== 'idle') setState({ kind: 'idle' })
  async function ask() {
    setState({ kind: 'asking' })
    try {
      const { url, opened } = await port.call('session.signIn')
      if (!opened) window.open(url, '_blank', 'noopener')
      setState({ kind: 'waiting', url })
    } catch (cause) {
      setState({ kind: 'failed', code: AppError.from(cause).code })
    }
  }
  return { state, start: () => void ask() }
}
