import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { usePresence } from '../../patient/use-presence.ts'
import { usePort } from '../../ports/port-context.tsx'

const OpenElsewhere = createContext<ReadonlyMap<SessionId, readonly string[]>>(new Map())

/** Who has which scan open, for all rows: asked once. */
export function OpenElsewhereProvider({ children }: { readonly children: ReactNode }) {
  const presence = usePresence(usePort())
  const bySession = useMemo(() => {
    const names = new Map<SessionId, string[]>()
    for (const { sessionId, name } of presence) names.set(sessionId, [...(names.get(sessionId) ?? []), name])
    return names
  }, [presence])
  return <OpenElsewhere value={bySession}>{children}</OpenElsewhere>
}

/** Colleagues who have this scan open now; it may be opened all the same. */
export function useOpenElsewhere(sessionId: SessionId): readonly string[] {
  return useContext(OpenElsewhere).get(sessionId) ?? NOBODY
}

const NOBODY: readonly string[] = []
