// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FakeOptions } from '../ports/fake-bridge.ts'
import { callsOf, count, heading, list, openAttention as open } from './attention-testing.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/attention'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** Places of the fake list, which has every kind. */
const AT = { stale: 5, patient: 6, withdrawn: 7, overtaken: 8 } as const
async function openAt(place: keyof typeof AT, options: FakeOptions = {}) {
  const opened = open({ attentionCount: 11, ...options })
  await list()
  await opened.user.keyboard('j'.repeat(AT[place]))
  return opened
}
const noticed = (words: RegExp | string) => screen.findByText(words)

test('an old instruction says what it tells the patient, when it was decided, how old it is and what came since', async () => {
  await openAt('stale')
  expect(screen.getByText(/^Decided .* ago, and not confirmed by the server/)).toBeDefined()
  expect(screen.getByText(/^Message to the patient: “Please wear the aligner/)).toBeDefined()
  expect(await noticed(/^A newer scan of this patient came, of .*: waiting\.$/)).toBeDefined()
  expect(screen.queryByText(/not connected/)).toBeNull()
})

test('a colleague’s action that won meanwhile is named, with what sending would do', async () => {
  await openAt('overtaken')
  expect(screen.getByText(/^Dr Jonas Adler decided for the patient meanwhile: Hold this aligner/)).toBeDefined()
})

test('without a connection it says that there may be more', async () => {
  await openAt('stale', { sync: { connection: 'offline' } })
  expect(screen.getByText(/not connected: there may be more/)).toBeDefined()
})

test('no single key sends an old instruction: S asks, only the chord or the button sends', async () => {
  const { fake, user } = await openAt('stale')
  await user.keyboard('s')
  await screen.findByRole('form', { name: /^Send this to .* now$/ })
  await user.keyboard('s{Enter} {s>5/}y')
  expect(callsOf(fake, 'attention.confirm')).toEqual([])
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('form')).toBeNull()
  await user.keyboard('s{Control>}{Enter}{/Control}')
  expect(await noticed('Released. It is sent by itself.')).toBeDefined()
  expect(callsOf(fake, 'attention.confirm')).toHaveLength(1)
  await waitFor(async () => expect(await count()).toBe(10))
  expect(screen.getByText('10 changes')).toBeDefined()
})

test('a held chord sends once', async () => {
  const { fake, user } = await openAt('stale')
  const goOn = fake.hold()
  await user.keyboard('s{Control>}{Enter>5/}{/Control}')
  goOn()
  await noticed('Released. It is sent by itself.')
  expect(callsOf(fake, 'attention.confirm')).toHaveLength(1)
})

test('S does nothing where nothing waits for confirmation', async () => {
  const { fake, user } = await openAt('patient')
  await user.keyboard('s{Control>}{Enter}{/Control}')
  expect(screen.queryByRole('form')).toBeNull()
  expect(callsOf(fake, 'attention.confirm')).toEqual([])
})

test('not sending it wants a reason, and says that the read goes with it', async () => {
  const { fake, user } = await openAt('stale')
  await user.keyboard('{Backspace}')
  await screen.findByRole('form', { name: 'Do not send this' })
  expect(screen.getByText(/the scan waits for a read again/)).toBeDefined()
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(callsOf(fake, 'attention.discard')).toEqual([])
  await user.type(screen.getByLabelText('Why'), 'saw the patient today')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await noticed('Not sent. The reason is kept.')).toBeDefined()
})

test('an instruction that the server may have is not let go, and that is said', async () => {
  const { fake, user } = await openAt('stale')
  fake.fail('attention.discard', 'read.already-sent')
  await user.keyboard('{Backspace}')
  await user.type(await screen.findByLabelText('Why'), 'x')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toMatch(/has been sent.*still here/)
  expect(await count()).toBe(11)
})

test('a patient change shows field by field what it was, what was wanted and what it is now', async () => {
  await openAt('patient')
  const rows = within(screen.getByRole('table', { name: 'Fields of this change' })).getAllByRole('row')
  expect(rows.map((row) => row.textContent)).toEqual([
    'FieldIt wasYou wantedIt is now',
    'Aligner brand–SparkSparkas you wanted',
    expect.stringMatching(/^Aligner worn now79\d+.?changed meanwhile$/),
    'Days between scansevery 14 daysevery 10 daysevery 14 days',
  ])
})

test('setting mine, keeping theirs and changing it first each settle a patient change', async () => {
  const { fake, user } = await openAt('patient')
  await user.keyboard('{r>4/}')
  expect(await noticed('Your values are set here and are sent by themselves.')).toBeDefined()
  expect(callsOf(fake, 'attention.retry')).toHaveLength(1)
  cleanup()

  const again = await openAt('patient')
  await again.user.keyboard('{Backspace}')
  await screen.findByRole('form', { name: 'Keep what stands now' })
  await again.user.type(screen.getByLabelText('Why'), 'theirs is newer')
  await again.user.keyboard('{Control>}{Enter}{/Control}')
  expect(await noticed('Kept as it stands. The reason is kept.')).toBeDefined()
  cleanup()

  const third = await openAt('patient')
  await third.user.keyboard('e')
  const dialog = await screen.findByRole('dialog')
  const stage = within(dialog).getByLabelText<HTMLInputElement>(/^Aligner worn now/)
  expect(stage.value).toBe('9')
  await third.user.clear(stage)
  await third.user.type(stage, '11')
  await third.user.keyboard('{Control>}{Enter>3/}{/Control}')
  expect(await noticed('Your new values are set here and are sent by themselves.')).toBeDefined()
  // The brand is as it was wanted already: it is not touched again.
  const [{ set }] = callsOf(third.fake, 'attention.replacePatientChange') as [{ set: object }]
  expect(set).toEqual({ currentStage: 11, scanFrequencyDays: 10 })
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a change that fails again stays, in its dialog, with everything that was entered', async () => {
  const { fake, user } = await openAt('patient')
  fake.fail('attention.replacePatientChange', 'store.full')
  await user.keyboard('e')
  const dialog = await screen.findByRole('dialog')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await within(dialog).findByRole('alert')).textContent).toMatch(/Not saved/)
  expect(within(dialog).getByLabelText<HTMLInputElement>(/^Aligner worn now/).value).toBe('9')
})

test('a withdrawn scan is named, and nothing is offered that cannot be done', async () => {
  const { user } = await openAt('withdrawn')
  expect(screen.getByText(/^The practice withdrew this scan/)).toBeDefined()
  expect((await heading()).textContent).not.toMatch(/not on this computer/)
  const main = screen.getByRole('region', { name: (await heading()).textContent ?? '' })
  expect(
    within(main)
      .getAllByRole('button')
      .map((button) => button.textContent),
  ).toEqual([expect.stringMatching(/^Discard…/)])
  await user.keyboard('er{Enter}')
  expect(window.location.hash).toBe('#/attention')
})

test('E decides anew: tags and words are filled in, the new read takes the old one’s place', async () => {
  const { fake, user } = open()
  await list()
  await user.keyboard('j')
  await user.keyboard('e')
  await screen.findByRole('main', { name: 'Review' })
  expect(
    await noticed(/^Your decision takes the place of one that was not accepted: Message to the patient/),
  ).toBeDefined()
  const hygiene = screen.getByRole('radiogroup', { name: 'Oral hygiene' })
  expect(within(hygiene).getByRole('radio', { checked: true }).textContent).toMatch(/poor/)
  await user.keyboard('m')
  const text = await screen.findByLabelText<HTMLTextAreaElement>('Message to the patient')
  expect(text.value).toMatch(/^Please wear the aligner 22 hours/)
  await user.type(text, ' Call us.')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await noticed('That was the last scan')
  const [{ mutationId, read }] = callsOf(fake, 'attention.replaceRead') as [{ mutationId: string; read: object }]
  expect(mutationId).toMatch(/^00000007/)
  expect(read).toMatchObject({
    oralHygiene: 3,
    action: { kind: 'message_patient', text: expect.stringMatching(/Call us\.$/) },
  })
  expect(callsOf(fake, 'review.decide')).toEqual([])
  // Deciding once more on the same scan is an ordinary correction: the refused one is settled.
  await user.keyboard('p1a')
  await waitFor(() => expect(callsOf(fake, 'review.decide')).toHaveLength(1))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(window.location.hash).toBe('#/attention'))
  expect(await count()).toBe(4)
})

test('taken back, the decision to be replaced is there again, with everything that was entered', async () => {
  const { fake, user } = open()
  await list()
  await user.keyboard('je')
  await noticed(/^Your decision takes the place/)
  await user.keyboard('1')
  await user.keyboard('a')
  await noticed('That was the last scan')
  await user.keyboard('u')
  expect(await noticed(/^Your decision takes the place/)).toBeDefined()
  await user.keyboard('a')
  await waitFor(() => expect(callsOf(fake, 'attention.replaceRead')).toHaveLength(2))
  expect(callsOf(fake, 'review.decide')).toEqual([])
})

test('an old instruction about a withdrawn scan cannot be sent, only let go', async () => {
  const { fake, user } = open({ attentionCount: 12 })
  await list()
  await user.keyboard('{End}s{Control>}{Enter}{/Control}')
  expect(screen.queryByRole('form')).toBeNull()
  expect(screen.queryByRole('button', { name: /^Send now/ })).toBeNull()
  expect(screen.getByText(/^There is nothing to decide on any more/)).toBeDefined()
  expect(callsOf(fake, 'attention.confirm')).toEqual([])
})

test('old instructions are announced on every screen but this one and review, with the way to them', async () => {
  window.location.hash = '#/'
  const { fake, user } = open({ attentionCount: 11 })
  const words = '3 instructions to patients have waited for over 24 hours. Look at them before they are sent.'
  await noticed(words)
  await user.click(screen.getByRole('link', { name: 'Look at them' }))
  await list()
  expect(screen.queryByText(words)).toBeNull()
  window.location.hash = '#/'
  await noticed(words)
  act(() => fake.setSync({ confirmCount: 0 }))
  await waitFor(() => expect(screen.queryByText(words)).toBeNull())
})
