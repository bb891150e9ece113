import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'

export type SeenViews = ReturnType<typeof createSeenViews>

const NONE: ReadonlySet<View> = new Set()

/** Which views of the case on screen have been shown. Its own small store: only the list of them renders for a change. */
export function createSeenViews() {
  const listeners = new Set<() => void>()
  const current: { of: SessionId | undefined; views: ReadonlySet<View> } = { of: undefined, views: NONE }
  const change = (of: SessionId | undefined, views: ReadonlySet<View>) => {
    Object.assign(current, { of, views })
    for (const listener of listeners) listener()
  }
  return {
    /** Another case is on screen: nothing of it has been seen yet, whatever was seen of it as somebody's prior. */
    begin(caseId: SessionId | undefined) {
      if (current.of !== caseId) change(caseId, NONE)
    },
    add(sessionId: SessionId, view: View) {
      if (sessionId === current.of && !current.views.has(view)) change(sessionId, new Set(current.views).add(view))
    },
    viewsOf: (sessionId: SessionId): ReadonlySet<View> => (sessionId === current.of ? current.views : NONE),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
