import { useEffect, useState } from 'react'
import { CommandsProvider } from '../commands/commands-context.tsx'
import { CompareWindow } from '../compare-window/compare-window.tsx'
import { waitForMainEnd } from '../compare-window/main-presence.ts'
import type { Port } from '../ports/bridge.ts'
import { LiveStateProvider, useLiveState } from '../ports/live-state.tsx'
import { PortProvider } from '../ports/port-context.tsx'
import { TextProvider, useText } from '../text/text-context.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { useTheme } from './use-theme.ts'

type Props = { readonly port: Port; readonly close?: () => void }

/** The second window, whole. Shows photos only while the store is open and a main window lives; else it is blank and closes. */
export function CompareApp({ port, close = () => window.close() }: Props) {
  return (
    <PortProvider port={port}>
      <LiveStateProvider>
        <WithSettings close={close} />
      </LiveStateProvider>
    </PortProvider>
  )
}

function WithSettings({ close }: { readonly close: () => void }) {
  const { app, settings } = useLiveState()
  const [isAlone, setIsAlone] = useState(false)
  useTheme(settings)
  useEffect(() => {
    const end = new AbortController()
    // Cut short when this window goes itself.
    waitForMainEnd(navigator.locks, end.signal).then(
      () => setIsAlone(true),
      () => undefined,
    )
    return () => end.abort()
  }, [])
  const isClosed = isAlone || (app !== null && app.phase !== 'ready')
  useEffect(() => {
    if (isClosed) close()
  }, [isClosed, close])
  return (
    <TextProvider language={settings.language}>
      <CommandsProvider singleKeys={settings.singleKeys} keys={settings.keys}>
        <ErrorBoundary>
          {isClosed ? <Ended /> : app === null ? <main className="h-full" /> : <CompareWindow />}
        </ErrorBoundary>
      </CommandsProvider>
    </TextProvider>
  )
}

/** A browser may refuse to close a window that it did not open: then at least nothing of a patient stays on it. */
function Ended() {
  const t = useText()
  return (
    <main data-surface="photo" className="h-full bg-bg text-ink">
      <EmptyState title={t('compare.windowEnded')} />
    </main>
  )
}
