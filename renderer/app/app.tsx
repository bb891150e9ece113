import { useLayoutEffect, useRef, useState } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import { MotionlessTooltips } from '../ui/tooltip.tsx'
import { CommandsProvider } from '../commands/commands-context.tsx'
import type { Port } from '../ports/bridge.ts'
import { LiveStateProvider, useLiveState } from '../ports/live-state.tsx'
import { PortProvider } from '../ports/port-context.tsx'
import { AccessScreen } from '../screens/access/access-screen.tsx'
import { TextProvider, useText } from '../text/text-context.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { createLeftOff } from './left-off.ts'
import { Shell } from './shell.tsx'
import { useTheme } from './use-theme.ts'

/** The whole window: providers around the one screen that the phase asks for. */
export function App({ port }: { readonly port: Port }) {
  return (
    <PortProvider port={port}>
      <LiveStateProvider>
        <WithSettings />
      </LiveStateProvider>
    </PortProvider>
  )
}

function WithSettings() {
  const { settings } = useLiveState()
  useTheme(settings)
  return (
    <TextProvider language={settings.language}>
      <CommandsProvider singleKeys={settings.singleKeys} keys={settings.keys}>
        <MotionlessTooltips>
          <ErrorBoundary>
            <ByPhase />
          </ErrorBoundary>
        </MotionlessTooltips>
      </CommandsProvider>
    </TextProvider>
  )
}

function ByPhase() {
  const { app, failed, retry } = useLiveState()
  const t = useText()
  const [leftOff] = useState(createLeftOff)
  const personId = app?.account?.person.id
  const latest = useRef(personId)
  const lastPerson = useRef(personId)
  const [, go] = useHashLocation()
  useLayoutEffect(() => {
    latest.current = personId
    // Whoever unlocks goes on where they were; whoever comes after somebody else begins at the queue.
    const isSomebodyElse = lastPerson.current !== undefined && personId !== undefined && lastPerson.current !== personId
    if (isSomebodyElse || app?.phase === 'signed-out') go('/')
    if (personId !== undefined) lastPerson.current = personId
  }, [personId, app?.phase, go])
  // Where a sign-in has ended a colleague may sign in: nothing that was entered, found or opened is theirs.
  if (app?.phase === 'ready')
    return <Shell key={personId} app={app} leftOff={leftOff} isStillTheirs={() => latest.current === personId} />
  if (app !== null) return <AccessScreen app={app} />
  // Before the first answer the window stays empty: it comes within a frame or two.
  if (failed === null) return <main aria-busy className="h-full" />
  return (
    <main className="h-full">
      <EmptyState title={t('app.noHost')} alert action={<Button onClick={retry}>{t('common.retry')}</Button>}>
        {t('app.noHostHelp')}
      </EmptyState>
    </main>
  )
}
