// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { AppState, SyncStatus } from '../../preload/contract/app-state.ts'
import type { Port } from './bridge.ts'
import { DEFAULT_SETTINGS, type SettingValues } from '../../preload/contract/settings.ts'
import { LiveStateProvider, useLiveState } from './live-state.tsx'
import { PortProvider } from './port-context.tsx'

afterEach(cleanup)

const app = { phase: 'signed-out', account: null } as unknown as AppState // what the provider looks at
const syncing = { connection: 'online', pulling: true } as unknown as SyncStatus
const idle = { connection: 'online', pulling: false } as unknown as SyncStatus

function Words() {
  const { sync } = useLiveState()
  return <p>{sync === null ? 'unknown' : sync.pulling ? 'syncing' : 'idle'}</p>
}

test('an answer that an announcement overtook on the way is not shown', async () => {
  const status = Promise.withResolvers<SyncStatus>()
  const listeners = new Map<string, (body: unknown) => void>()
  const port = {
    call: (name: string) =>
      name === 'app.state' ? Promise.resolve(app) : name === 'sync.status' ? status.promise : new Promise(() => {}),
    on: (event: string, listener: (body: unknown) => void) => {
      listeners.set(event, listener)
      return () => listeners.delete(event)
    },
  } as unknown as Port // the two members that the provider uses
  await act(async () =>
    render(
      <PortProvider port={port}>
        <LiveStateProvider>
          <Words />
        </LiveStateProvider>
      </PortProvider>,
    ),
  )
  expect(screen.getByText('unknown')).toBeDefined()
  await act(async () => {
    listeners.get('sync.status')?.(idle)
    status.resolve(syncing)
  })
  expect(screen.getByText('idle')).toBeDefined()
})

test('of two settings that are changed at once both stay as they were chosen, whichever answer comes last', async () => {
  const answers: PromiseWithResolvers<SettingValues>[] = []
  const port = {
    call: (name: string) => {
      if (name === 'app.state') return Promise.resolve(app)
      if (name !== 'settings.set') return new Promise(() => {})
      const answer = Promise.withResolvers<SettingValues>()
      answers.push(answer)
      return answer.promise
    },
    on: () => () => undefined,
  } as unknown as Port // the two members that the provider uses
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <PortProvider port={port}>
      <LiveStateProvider>{children}</LiveStateProvider>
    </PortProvider>
  )
  const { result } = renderHook(useLiveState, { wrapper })
  await act(async () => {
    void result.current.set({ name: 'compareLayout', value: 'strip' })
    void result.current.set({ name: 'singleKeys', value: false })
  })
  const first: SettingValues = { ...DEFAULT_SETTINGS, compareLayout: 'strip' }
  await act(async () => answers[0]?.resolve(first))
  expect(result.current.settings).toMatchObject({ compareLayout: 'strip', singleKeys: false })
  await act(async () => answers[1]?.resolve({ ...first, singleKeys: false }))
  expect(result.current.settings).toMatchObject({ compareLayout: 'strip', singleKeys: false })
})
