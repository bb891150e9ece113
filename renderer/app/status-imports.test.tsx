// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ImportProgress } from '../../preload/contract/import.ts'
import { SessionId } from '../../server/contract/domain/ids.ts'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/settings/computer'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a scan that is still to be uploaded waits: the status bar does not say that nothing does', async () => {
  const fake = makeFakeBridge({ sessionCount: 6, sync: { connection: 'offline', reason: 'server.unreachable' } })
  render(<App port={openPort(fake)} />)
  const bar = within(await screen.findByRole('contentinfo', { name: 'Status' }))
  await bar.findByText('Nothing waiting')
  const progress = (state: ImportProgress['state']): ImportProgress => ({
    sessionId: SessionId.parse('00000009-0000-7000-8000-000000000001'),
    patientLabel: 'N-1',
    capturedOn: '2026-08-03',
    state,
    images: [],
  })
  act(() => fake.emit('import.progress', progress('waiting')))
  expect(await bar.findByText('1 scan to upload')).toBeDefined()
  expect(bar.queryByText('Nothing waiting')).toBeNull()
  act(() => fake.emit('import.progress', progress('processing')))
  expect(await bar.findByText('Nothing waiting')).toBeDefined()
})
