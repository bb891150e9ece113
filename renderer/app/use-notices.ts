import { useState } from 'react'
import type { AppState } from '../../preload/contract/app-state.ts'
import { useLiveState } from '../ports/live-state.tsx'
import { usePort } from '../ports/port-context.tsx'
import { type SignIn, useSignIn } from '../screens/access/use-sign-in.ts'
import { listNotices, type Notice, type NoticeAction, type NoticeId } from './notices.ts'

export type Notices = {
  readonly all: readonly Notice[]
  /** The one that has a line of its own; undefined when every present one was hidden. */
  readonly banner: Notice | undefined
  readonly signIn: SignIn
  readonly act: (action: NoticeAction) => void
  readonly hide: (id: NoticeId) => void
}

/** Where a way out leads; whoever is there already is not sent there. */
const TARGETS = {
  signIn: null,
  syncNow: null,
  storage: '/settings/storage',
  export: '/settings/unsent',
} as const satisfies Record<NoticeAction, string | null>

/** What is wrong now, what was hidden of it, and the ways out of here. */
export function useNotices(app: AppState, path: string, go: (path: string) => void): Notices {
  const port = usePort()
  const { sync } = useLiveState()
  const [hidden, setHidden] = useState<ReadonlySet<NoticeId>>(new Set())
  const found = listNotices(app, sync)
  const signIn = useSignIn(found.some(({ id }) => id === 'signed-out'))
  const all = found.map((notice) => ({
    ...notice,
    actions: notice.actions.filter((action) => TARGETS[action] !== path),
  }))
  // What was over and comes back is news again.
  const stillHidden = all.filter(({ id }) => hidden.has(id))
  if (stillHidden.length < hidden.size) setHidden(new Set(stillHidden.map(({ id }) => id)))

  const actions: Readonly<Record<NoticeAction, () => void>> = {
    signIn: signIn.start,
    syncNow: () => void port.call('sync.now').catch(() => undefined), // the status says how it went
    storage: () => go(TARGETS.storage),
    export: () => go(TARGETS.export),
  }
  return {
    all,
    banner: all.find(({ id, mayHide }) => !(mayHide && hidden.has(id))),
    signIn: signIn.state,
    act: (action) => actions[action](),
    hide: (id) => setHidden(new Set([...hidden, id])),
  }
}
