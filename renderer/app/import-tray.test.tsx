// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'

beforeEach(() => {
  stubWindow()
  // What jsdom lacks.
  URL.createObjectURL = () => 'blob:made-up'
  URL.revokeObjectURL = () => undefined
  window.location.hash = '#/import'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function open(settings: FakeOptions['settings'] = {}) {
  const fake = makeFakeBridge({ sessionCount: 6, settings })
  render(<App port={openPort(fake)} />)
  const user = userEvent.setup()
  await screen.findByRole('heading', { level: 1, name: 'Import photos' })
  const files = (...names: readonly string[]) =>
    user.upload(
      document.querySelector<HTMLInputElement>('input[type="file"]')!,
      names.map((name) => new File([name], name, { type: 'image/jpeg' })),
    )
  const choosePatient = async () => {
    const { reference } = fake.practice.patients[0]!
    await user.type(screen.getByRole('combobox', { name: 'Patient' }), reference)
    await screen.findByRole('option', { name: new RegExp(`· ${reference}$`) })
    await user.keyboard('{Enter}')
  }
  const sent = () => fake.calls.filter(({ name }) => name === 'import.start').map(({ input }) => input)
  const shown = () => [...document.querySelectorAll('li .truncate[title]')].map((name) => name.textContent)
  return { fake, user, files, choosePatient, sent, shown }
}

test('a scan is not sent while its photos are still being read: none of them may land in the next patient’s', async () => {
  const { fake, user, files, choosePatient, sent, shown } = await open()
  const read = fake.hold(
    ({ name, input }) => name === 'import.stage' && (input as { name: string }).name === 'late.jpg',
  )
  await files('frontal.jpg', 'late.jpg')
  await screen.findByText('frontal.jpg')
  await choosePatient()
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toMatch(/still being read/)
  expect(sent()).toEqual([])
  act(read)
  await screen.findByText('late.jpg')
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(shown()).toEqual([])
})

test('photos that come while a scan is being sent are of the next one, and stay', async () => {
  const { fake, user, files, choosePatient, shown } = await open()
  await files('frontal.jpg')
  await screen.findByText('frontal.jpg')
  await choosePatient()
  const answered = fake.hold(({ name }) => name === 'import.start')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await files('next.jpg')
  await screen.findByText('next.jpg')
  act(answered)
  await waitFor(() => expect(shown()).toEqual(['next.jpg']))
})

test('whoever looks something up in the queue finds photos, patient and stage again', async () => {
  const { user, files, choosePatient, shown } = await open()
  await files('frontal.jpg')
  await screen.findByText('frontal.jpg')
  await choosePatient()
  await user.type(screen.getByLabelText('Aligner'), '7')
  await user.keyboard('{Alt>}1{/Alt}')
  await screen.findByRole('heading', { level: 1, name: 'Scans to review' })
  await user.keyboard('{Alt>}2{/Alt}')
  await screen.findByRole('heading', { level: 1, name: 'Import photos' })
  expect(shown()).toEqual(['frontal.jpg'])
  expect(screen.getByLabelText<HTMLInputElement>('Aligner').value).toBe('7')
  expect(screen.getByRole('button', { name: 'Change the patient' })).toBeDefined()
})

test('every file that could not be read is named, not the last one alone', async () => {
  const { fake, files } = await open()
  fake.fail('import.stage', 'store.full')
  await files('a.jpg', 'b.jpg', 'c.jpg')
  await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/a\.jpg.*b\.jpg.*c\.jpg/))
})

test('Enter takes nobody who was found for fewer letters: it waits for what was typed', async () => {
  const { fake, user, files, sent } = await open()
  await files('frontal.jpg')
  await screen.findByText('frontal.jpg')
  const wanted = fake.practice.patients[3]!
  await user.type(screen.getByRole('combobox', { name: 'Patient' }), wanted.reference.slice(0, 3))
  await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(2))
  const found = fake.hold(({ name }) => name === 'patients.search')
  await user.keyboard(`${wanted.reference.slice(3)}{Enter}`)
  expect(screen.queryByRole('button', { name: 'Change the patient' })).toBeNull()
  act(found)
  await screen.findByRole('button', { name: 'Change the patient' })
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(sent()).toMatchObject([{ patient: { id: wanted.id } }]))
})

test('a whole reference means that patient, though others whose reference begins so come before by name', async () => {
  const { fake, user, files, sent } = await open()
  const [first, , , wanted] = fake.practice.patients
  Object.assign(first!, { reference: `${wanted!.reference}0`, familyName: 'Aaltonen' })
  await files('frontal.jpg')
  await screen.findByText('frontal.jpg')
  await user.type(screen.getByRole('combobox', { name: 'Patient' }), `${wanted!.reference.toLowerCase()}{Enter}`)
  await screen.findByRole('button', { name: 'Change the patient' })
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(sent()).toMatchObject([{ patient: { id: wanted!.id } }]))
})

test('a photo that is walked to comes into sight, is said aloud, and its keys are this person’s own', async () => {
  const { user, files } = await open({ keys: { 'import.view1': ['v'] } })
  const seen = vi.spyOn(Element.prototype, 'scrollIntoView')
  await files('a.jpg', 'b.jpg')
  await screen.findByText('b.jpg')
  expect([...document.querySelectorAll('kbd')].map((cap) => cap.textContent)).toContain('V')
  seen.mockClear()
  await user.click(screen.getByRole('heading', { level: 1 }))
  await user.keyboard('j')
  expect(seen.mock.contexts.at(-1)).toBe(screen.getByText('b.jpg').closest('li'))
  expect(screen.getByText('Photo 2 of 2, b.jpg: no view yet')).toBeDefined()
  await user.keyboard('v')
  expect(screen.getByText('Photo 2 of 2, b.jpg: Upper occlusal')).toBeDefined()
})

test('Escape leads from a field of the form back to the photos: a digit is a view again, and no aligner', async () => {
  const { user, files } = await open()
  await files('a.jpg')
  await screen.findByText('a.jpg')
  const stage = screen.getByLabelText<HTMLInputElement>('Aligner')
  await user.type(stage, '7{Escape}3')
  expect(stage.value).toBe('7')
  expect(screen.getByText('Photo 1 of 1, a.jpg: Frontal')).toBeDefined()
  await user.keyboard('/oka{Escape}') // the words first
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Patient' }))
  await user.keyboard('{Escape}0')
  expect(screen.getByText('Photo 1 of 1, a.jpg: no view yet')).toBeDefined()
})

test('locking drops the scan that is being put together, and does not say that nothing is lost', async () => {
  const { fake, user, files, choosePatient, shown } = await open()
  await files('a.jpg')
  await screen.findByText('a.jpg')
  await choosePatient()
  await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}')
  await screen.findByRole('heading', { name: /is locked/ })
  expect(screen.queryByText(/nothing is lost/i)).toBeNull()
  act(() => fake.setApp({ phase: 'ready' }))
  await screen.findByRole('heading', { level: 1, name: 'Import photos' })
  expect(shown()).toEqual([])
  expect(screen.getByRole('combobox', { name: 'Patient' })).toBeDefined()
})
