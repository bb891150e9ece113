import { useState } from 'react'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'

export type SignIn =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  /** The rest happens in the browser; the host announces the new state when it is done. */
  | { readonly kind: 'waiting'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode }

export function useSignIn(): { state: SignIn; start: () => void } {
  const port = usePort()
  const [state, setState] = useState<SignIn>({ kind: 'idle' })
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
