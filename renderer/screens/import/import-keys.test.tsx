// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CommandsProvider } from '../../commands/commands-context.tsx'
import { openPort } from '../../ports/bridge.ts'
import { makeFakeBridge } from '../../ports/fake-bridge.ts'
import { LiveStateProvider } from '../../ports/live-state.tsx'
import { PortProvider } from '../../ports/port-context.tsx'
import { stubResizeObserver } from '../../ui/testing.ts'
import { ImportScreen } from './import-screen.tsx'
import { useTray } from './use-tray.ts'

beforeEach(() => {
  // What jsdom lacks.
  URL.createObjectURL = () => 'blob:made-up'
  URL.revokeObjectURL = () => undefined
  Element.prototype.scrollIntoView = () => undefined
  stubResizeObserver()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Importing() {
  return <ImportScreen tray={useTray()} />
}

function open() {
  const fake = makeFakeBridge({ sessionCount: 6 })
  render(
    <PortProvider port={openPort(fake)}>
      <LiveStateProvider>
        <CommandsProvider singleKeys>
          <Importing />
        </CommandsProvider>
      </LiveStateProvider>
    </PortProvider>,
  )
  const field = () => document.querySelector<HTMLInputElement>('input[type="file"]')!
  return { fake, user: userEvent.setup(), field }
}

test('five photos get their views, one is mirrored, one stays out, and the scan is sent: by keys alone', async () => {
  const { fake, user, field } = open()
  const opened = vi.spyOn(field(), 'click')
  await user.keyboard('o')
  expect(opened).toHaveBeenCalledTimes(1)
  await user.upload(
    field(),
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => new File([name], `${name}.jpg`, { type: 'image/jpeg' })),
  )
  await screen.findByText('f.jpg')
  const current = () => document.querySelector('li[aria-current] .truncate')?.textContent
  await user.keyboard('1j2j3mj4j5')
  expect(current()).toBe('e.jpg')
  await user.keyboard('{ArrowLeft}k{ArrowRight}')
  expect(current()).toBe('d.jpg')
  await user.keyboard('0j') // out again
  const reference = fake.practice.patients[0]!.reference
  await user.keyboard('/')
  await user.keyboard(reference)
  const option = new RegExp(`· ${reference}$`)
  await screen.findByRole('option', { name: option })
  await user.keyboard('{Enter}{Control>}{Enter}{/Control}')
  const started = () => fake.calls.find(({ name }) => name === 'import.start')?.input
  await waitFor(() => expect(started()).toBeDefined())
  const image = (view: string, mirrored = 'none') => expect.objectContaining({ view, mirrored })
  expect(started()).toMatchObject({
    patient: { id: fake.practice.patients[0]!.id },
    images: [image('occlusal_upper'), image('buccal_right'), image('frontal', 'uncorrected'), image('occlusal_lower')],
  })
})
