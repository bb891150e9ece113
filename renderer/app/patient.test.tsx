// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { LANGUAGES } from '../text/table.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, value: 900 })
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, value: 1200 })
  window.location.hash = '#/'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** On the queue, its first row selected. */
async function open(options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 12, ...options })
  render(<App port={openPort(fake)} />)
  const user = userEvent.setup()
  await waitFor(() => expect(document.querySelector('[role="row"][aria-selected="true"]')).not.toBeNull())
  const changes = () => fake.calls.filter((call) => call.name === 'patients.change').map((call) => call.input)
  return { fake, user, changes }
}
const dialog = () => screen.findByRole('dialog')

test('from the queue: only the changed field is sent, and the focus is back where it was', async () => {
  const { user, changes } = await open()
  const before = document.activeElement
  await user.keyboard('i')
  const form = await dialog()
  expect(form.textContent).toMatch(/^Details of /)
  const family = within(form).getByLabelText<HTMLInputElement>('Family name')
  await waitFor(() => expect(document.activeElement).toBe(family))
  const stage = within(form).getByLabelText(/^Aligner worn now/)
  await user.clear(stage)
  await user.type(stage, '12')
  expect(within(form).getByText('1 field is changed.')).toBeDefined()
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toMatchObject([{ set: { currentStage: 12 } }])
  await waitFor(() => expect(document.activeElement).toBe(before))
})

test('the doctor is one of the clinicians who work here, or nobody', async () => {
  const { fake, user, changes } = await open()
  await user.keyboard('i')
  const doctor = within(await dialog()).getByLabelText<HTMLSelectElement>(/^Doctor/)
  const clinicians = fake.practice.people.filter(({ active, roles }) => active && roles.includes('clinician'))
  await waitFor(() => expect(doctor.options.length).toBe(clinicians.length + 1))
  expect([...doctor.options].map(({ text }) => text)).toEqual(['–', ...clinicians.map((one) => one.displayName)])
  const other = clinicians.find(({ id }) => id !== doctor.value)
  await user.selectOptions(doctor, other?.id ?? '')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(changes()).toMatchObject([{ set: { doctorId: other?.id } }]))
})

test('a doctor who no longer works here stays until somebody chooses another', async () => {
  const { fake, user } = await open()
  const gone = '00000000-0000-7000-8000-0000000000ff'
  for (const patient of fake.practice.patients) Object.assign(patient, { doctorId: gone })
  await user.keyboard('i')
  const form = await dialog()
  const doctor = within(form).getByLabelText<HTMLSelectElement>(/^Doctor/)
  await waitFor(() => expect(doctor.options.length).toBeGreaterThan(2))
  expect(doctor.value).toBe(gone)
  expect(doctor.selectedOptions[0]?.text).toBe('another doctor')
  expect(within(form).getByText('Nothing changed yet.')).toBeDefined()
})

test('closing does not lose what was entered at once: it says so, and closing once more does', async () => {
  const { user, changes } = await open()
  await user.keyboard('i')
  const form = await dialog()
  const family = within(form).getByLabelText<HTMLInputElement>('Family name')
  await waitFor(() => expect(document.activeElement).toBe(family))
  await user.keyboard('-Holm')
  const entered = family.value
  for (const press of [fireEvent.pointerDown, fireEvent.click]) press(document.body) // beside the dialog
  expect((await within(form).findByRole('alert')).textContent).toMatch(/Close once more to drop/)
  await user.type(family, 'es')
  expect(within(form).queryByRole('alert')).toBeNull() // whoever goes on means to stay
  fireEvent.keyDown(family, { key: 'Escape', isComposing: true })
  expect(within(form).queryByRole('alert')).toBeNull()
  await user.keyboard('{Escape}')
  fireEvent.keyDown(family, { key: 'Escape', repeat: true })
  expect(family.value).toBe(`${entered}es`)
  expect(within(form).getByRole('alert')).toBeDefined()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toEqual([])
  await user.keyboard('i')
  expect((await dialog()).textContent).not.toMatch(/Close once more/)
})

test('nothing changed, nothing sent; Escape leaves', async () => {
  const { user, changes } = await open()
  await user.keyboard('i')
  await dialog()
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(screen.getByRole('dialog')).toBeDefined()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toEqual([])
})

test('what is wrong is said at its field, which gets the focus; nothing is sent', async () => {
  const { user, changes } = await open()
  await user.keyboard('i')
  const form = await dialog()
  const days = within(form).getByLabelText(/^Days between scans/)
  await user.clear(days)
  await user.type(days, '0')
  await user.click(within(form).getByLabelText('Reference'))
  expect(within(form).getByText('A whole number from 1 to 365, or nothing.')).toBeDefined()
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(document.activeElement).toBe(days)
  expect(days.getAttribute('aria-invalid')).toBe('true')
  expect(changes()).toEqual([])
})

test('without a connection it works the same', async () => {
  const { user, changes } = await open({ sync: { connection: 'offline' } })
  await user.keyboard('i')
  const form = await dialog()
  await user.selectOptions(within(form).getByLabelText(/^Status/), 'paused')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toMatchObject([{ set: { status: 'paused' } }])
})

test('a failed save keeps everything that was entered, and says why', async () => {
  const { fake, user, changes } = await open()
  fake.fail('patients.change', 'store.full')
  await user.keyboard('i')
  const form = await dialog()
  const given = within(form).getByLabelText<HTMLInputElement>(/^Given name/)
  await user.clear(given)
  await user.type(given, 'Ada')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await within(form).findByRole('alert')).textContent).toMatch(/Not saved.*disk is nearly full/)
  expect(given.value).toBe('Ada')
  fake.fail('patients.change', null)
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toHaveLength(2)
})

test('a colleague’s change that arrives meanwhile is seen: untouched fields follow, the one being edited says so', async () => {
  const { fake, user, changes } = await open()
  await user.keyboard('i')
  const form = await dialog()
  const stage = within(form).getByLabelText<HTMLInputElement>(/^Aligner worn now/)
  await user.clear(stage)
  await user.type(stage, '12')
  const name = form.textContent?.split('Details of ')[1] ?? ''
  const patient = fake.practice.patients.find((one) => name.startsWith(one.familyName))!
  Object.assign(patient, { currentStage: 31, alignerBrand: 'Other' })
  fake.emit('store.changed', { patients: true, sessions: false, reads: false, practice: false })
  expect(await within(form).findByText('A colleague changed it meanwhile: 31')).toBeDefined()
  expect(stage.value).toBe('12')
  expect(within(form).getByLabelText<HTMLInputElement>(/^Aligner brand/).value).toBe('Other')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(changes()).toMatchObject([{ set: { currentStage: 12 } }]))
  expect(Object.keys((changes()[0] as { set: object }).set)).toEqual(['currentStage'])
})

test('a held chord saves once', async () => {
  const { fake, user, changes } = await open()
  await user.keyboard('i')
  const form = await dialog()
  const goOn = fake.hold()
  await user.type(within(form).getByLabelText(/^Given name/), 'x')
  await user.keyboard('{Control>}{Enter>5/}{/Control}')
  goOn()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(changes()).toHaveLength(1)
})

test('a patient who is no longer here is said, not shown as an empty form', async () => {
  const { fake, user } = await open()
  fake.fail('patients.get', 'not-found')
  await user.keyboard('i')
  expect((await within(await dialog()).findByRole('alert')).textContent).toMatch(/could not be read/)
})

test('from review: the header follows the change, the keys of the case rest meanwhile', async () => {
  const { fake, user, changes } = await open()
  await user.keyboard('{Enter}')
  await screen.findByText(/Case 1 of/)
  await screen.findByRole('button', { name: /Patient details/ })
  await user.keyboard('i')
  const form = await dialog()
  const family = within(form).getByLabelText(/^Family name/)
  await user.clear(family)
  await user.type(family, 'nanamr1')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await screen.findByRole('heading', { level: 1, name: /^nanamr1/ })
  expect(changes()).toHaveLength(1)
  expect(fake.calls.some((call) => call.name === 'review.decide')).toBe(false)
  await user.keyboard('n')
  await screen.findByText(/Case 2 of/)
})

test.each(LANGUAGES)('in %s the form is accessible, with and without errors', async (language) => {
  const { user } = await open({ settings: { language } })
  await user.keyboard('i')
  const form = await dialog()
  await expectAccessible(form)
  const [family] = within(form).getAllByRole('textbox')
  await user.clear(family!)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(family?.getAttribute('aria-invalid')).toBe('true')
  await expectAccessible(form)
})

/** Colours need a real browser; everything else is checked here. */
async function expectAccessible(root: HTMLElement) {
  const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
