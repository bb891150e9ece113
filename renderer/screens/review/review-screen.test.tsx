// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../../ports/fake-practice.ts'
import { heading, openScreen as open, stubScreen } from './open-screen.tsx'

beforeEach(stubScreen)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a whole case by keyboard: scores, detail, note, approve, and back with U', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t1{Tab}2{Tab}3')
  await user.keyboard('/')
  await user.keyboard('unseat 22 0.5{Enter}')
  await user.keyboard('{Escape}e')
  await user.keyboard('amnh 123{Escape}')
  await user.keyboard('a')
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([
    {
      overallTracking: 1,
      alignerFit: 2,
      oralHygiene: 3,
      detailTags: [{ code: 'unseat', teeth: [22], mm: 0.5 }],
      notes: 'amnh 123',
      action: { kind: 'approve_progression' },
    },
  ])
  await screen.findByText(/Okafor, Adaeze: approved 6 → 7/)
  await user.keyboard('u')
  await heading('Okafor, Adaeze')
  const fit = screen.getByRole('radiogroup', { name: 'Aligner fit' })
  expect(within(fit).getByRole('radio', { name: 'slight unseat' }).getAttribute('aria-checked')).toBe('true')
})

test.each([
  { name: 'hold', keys: '1h', typed: '3{Enter}', action: { kind: 'hold_aligner', days: 3 } },
  {
    name: 'message',
    keys: 'm',
    typed: 'Please wear it.{Control>}{Enter}{/Control}',
    action: { kind: 'message_patient', text: 'Please wear it.' },
  },
  { name: 'schedule', keys: 's', typed: '{Enter}', action: { kind: 'schedule_appointment', withinDays: 14 } },
  {
    name: 'refer',
    keys: '{Shift>}r{/Shift}',
    typed: 'Perio{Control>}{Enter}{/Control}',
    action: { kind: 'refer', reason: 'Perio' },
  },
])('$name by keyboard alone', async ({ keys, typed, action }) => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard(keys)
  await screen.findByRole('form')
  await user.keyboard(typed)
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([{ action }])
})

test('a retake proposes the views that have a flag, and why', async () => {
  const { user, decided } = await open({}, 4)
  await heading('Moreau, Chloé')
  await user.keyboard('r')
  await screen.findByRole('form')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await heading('Silva Andrade, João Pedro')
  expect(decided()).toMatchObject([
    {
      action: {
        kind: 'request_retake',
        views: expect.arrayContaining(['occlusal_lower']),
        reasons: expect.arrayContaining(['retake_missing_view']),
      },
    },
  ])
})

test('a key held down decides once', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('1')
  await user.keyboard('{a>5/}')
  await heading('Lindqvist, Tove')
  expect(decided()).toHaveLength(1)
})

test('with the aligners out, fit is closed and says why; the scores keep their keys', async () => {
  const { user } = await open({}, 3)
  await heading('Haddad, Samir')
  const fit = screen.getByRole('radiogroup', { name: /Aligner fit, cannot be judged/ })
  await user.keyboard('{Tab}1')
  expect(within(fit).queryAllByRole('radio', { checked: true })).toEqual([])
})

test('Tab leaves the scores at the last one: the panel is no trap', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t{Tab}{Tab}{Tab}')
  expect(document.activeElement?.closest('[data-scores]')).toBeNull()
  await user.keyboard('{Tab}')
  expect(document.activeElement?.id).toBe('review-details')
})

test('the arrows go on from score to score as Tab does', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t1{ArrowDown}2{ArrowDown}3{ArrowUp}{ArrowRight}')
  const checked = (name: string) =>
    within(screen.getByRole('radiogroup', { name })).getByRole('radio', { checked: true }).textContent
  expect(checked('Overall tracking')).toContain('on track')
  expect(checked('Aligner fit')).toContain('noticeable unseat')
  expect(checked('Oral hygiene')).toContain('poor')
})

test('in full screen a verb that needs the panel brings it back, with the focus where one types', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('1f')
  expect(screen.queryByRole('complementary')).toBeNull()
  await user.keyboard('m')
  expect(document.activeElement).toBe(screen.getByLabelText('Message to the patient'))
  await user.keyboard('wear them at night')
  expect(screen.getByLabelText<HTMLTextAreaElement>('Message to the patient').value).toBe('wear them at night')
  await user.keyboard('{Escape}fe')
  expect(document.activeElement).toBe(screen.getByLabelText('Note'))
  await user.keyboard('{Escape}f/')
  expect(document.activeElement?.id).toBe('review-details')
  await user.keyboard('{Escape}ft')
  expect(document.activeElement?.id).toBe('review-score-overallTracking')
  expect(decided()).toEqual([])
})

test('in full screen an action that lacks a score leads to it', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('fa')
  expect(document.activeElement?.id).toBe('review-score-overallTracking')
  await user.keyboard('1a')
  await heading('Lindqvist, Tove')
  expect(decided()).toHaveLength(1)
})

test('a message that was begun is there again after Escape, and no other case has it', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('mPlease wear them{Escape}')
  await user.keyboard('nm')
  const message = () => screen.getByLabelText<HTMLTextAreaElement>('Message to the patient').value
  await waitFor(() => expect(message()).toBe(''))
  await user.keyboard('{Escape}p')
  await heading('Okafor, Adaeze')
  await user.keyboard('m')
  await waitFor(() => expect(message()).toBe('Please wear them'))
  await user.keyboard(' at night{Control>}{Enter}{/Control}')
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([{ action: { kind: 'message_patient', text: 'Please wear them at night' } }])
})

test('keys right after sending are the next case’s, not letters of the field that goes', async () => {
  const { fake, user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('mPlease call')
  const goOn = fake.hold()
  await user.keyboard('{Control>}{Enter}{/Control}2')
  goOn()
  await heading('Lindqvist, Tove')
  const tracking = within(screen.getByRole('radiogroup', { name: 'Overall tracking' }))
  const minor = () => tracking.getByRole('radio', { name: 'minor deviation' }).getAttribute('aria-checked')
  await waitFor(() => expect(minor()).toBe('true'))
})

test('a message that could not be saved has the focus again, as it was', async () => {
  const { fake, user } = await open()
  await heading('Okafor, Adaeze')
  fake.fail('review.decide', 'store.full')
  await user.keyboard('mPlease call{Control>}{Enter}{/Control}')
  await screen.findByRole('alert')
  const field = screen.getByLabelText<HTMLTextAreaElement>('Message to the patient')
  await waitFor(() => expect(document.activeElement).toBe(field))
  expect(field.value).toBe('Please call')
})

test('a decision that could not be saved after one had gone on says whose it was', async () => {
  const { fake, user } = await open()
  await heading('Okafor, Adaeze')
  fake.fail('review.decide', 'store.full')
  const goOn = fake.hold(({ name }) => name === 'review.decide')
  await user.keyboard('1an')
  goOn()
  await heading('Lindqvist, Tove')
  expect((await screen.findByRole('alert')).textContent).toMatch(/The decision on Okafor, Adaeze was not saved/)
  await user.keyboard('p')
  await heading('Okafor, Adaeze')
  expect(screen.getByRole('radio', { name: 'on track' }).getAttribute('aria-checked')).toBe('true')
})

test('a detail that was typed and left is entered by coming back and Enter', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('/unseat 22')
  await user.click(screen.getByRole('heading', { level: 1 }))
  await user.click(screen.getByRole('combobox', { name: 'Details' }))
  await user.keyboard('{Enter}')
  expect(screen.getByRole('button', { name: 'Remove unseat 22' })).toBeDefined()
})

test('full screen says whose photo it is, what is about to leave, and what could not be saved', async () => {
  const { fake, user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('f1')
  await screen.findByText('Overall tracking: on track')
  fake.fail('review.decide', 'store.full')
  await user.keyboard('a')
  expect((await screen.findByRole('alert')).textContent).toMatch(/This decision was not saved/)
  fake.fail('review.decide', null)
  await user.keyboard('a')
  await heading('Lindqvist, Tove')
  await screen.findByText(/Okafor, Adaeze: approved 6 → 7/)
  expect(screen.getByRole('button', { name: /take back/ })).toBeDefined()
  expect(screen.queryByRole('complementary')).toBeNull()
  expect(decided()).toHaveLength(2)
})

test('what follows N at once is meant for the case that comes, not for the panel of the one before', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  const tracking = () => within(screen.getByRole('radiogroup', { name: 'Overall tracking' }))
  fireEvent.keyDown(document.activeElement!, { key: 'n' })
  fireEvent.keyDown(document.activeElement!, { key: 'e' })
  expect(document.activeElement?.id).not.toBe('review-note')
  fireEvent.click(tracking().getByRole('radio', { name: 'off track' }))
  await heading('Lindqvist, Tove')
  await waitFor(() => expect(document.activeElement?.id).toBe('review-note'))
  await user.keyboard('chewies{Escape}')
  expect(screen.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('chewies')
  expect(tracking().queryByRole('radio', { checked: true })).toBeNull()
  await user.keyboard('p')
  await heading('Okafor, Adaeze')
  expect(screen.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('')
  expect(tracking().queryByRole('radio', { checked: true })).toBeNull()
})

test('a stage that nobody knows is asked for instead of guessed', async () => {
  const { user, decided } = await open({}, 12)
  await screen.findByText(/Case 13 of 14/)
  await user.keyboard('1a')
  await screen.findByRole('form', { name: 'Approve' })
  await user.keyboard('5{Enter}')
  await waitFor(() => expect(decided()).toMatchObject([{ action: { kind: 'approve_progression', toStage: 5 } }]))
})

test('staff see photos and tags, and are told who decides', async () => {
  const staff = { practice: FAKE_PRACTICE, person: { ...FAKE_PEOPLE[0]!, roles: ['staff' as const] } }
  const { user, decided } = await open({ app: { account: staff } })
  await screen.findAllByText('You can look at this scan. Decisions are made by clinicians.')
  await user.keyboard('1a')
  expect(decided()).toEqual([])
  expect(screen.getByRole('button', { name: /Approve/ }).hasAttribute('disabled')).toBe(true)
})

test('a missing view and a first scan are said in words', async () => {
  await open({}, 4)
  await heading('Moreau, Chloé')
  expect(screen.getAllByText('first scan').length).toBeGreaterThan(0)
  expect(screen.getAllByText('missing').length).toBeGreaterThan(0)
})

test('in the place of a missing view a retake of it is one click away, with its reason', async () => {
  const { user } = await open({}, 4)
  await heading('Moreau, Chloé')
  const place = document.querySelector<HTMLElement>('[data-stage="shown"] [data-view="occlusal_lower"]')!
  await user.click(within(place).getByRole('button', { name: /Ask for a retake/ }))
  const form = await screen.findByRole('form', { name: 'Ask for a retake' })
  expect(within(form).getByLabelText<HTMLInputElement>('Lower occlusal').checked).toBe(true)
  expect(within(form).getByLabelText<HTMLInputElement>('Frontal').checked).toBe(false)
  expect(within(form).getByLabelText<HTMLInputElement>('a view is missing').checked).toBe(true)
})

test('a screen reader on a score hears its name and the word that is chosen', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t2')
  const group = screen.getByRole('radiogroup', { name: 'Overall tracking' })
  expect(document.activeElement).toBe(group)
  const told = document.getElementById(group.getAttribute('aria-activedescendant')!)
  expect(told).toBe(within(group).getByRole('radio', { name: 'minor deviation', checked: true }))
})

test.each([
  { name: 'goals', keys: '{Shift>}g{/Shift}', dialog: 'Goals of Okafor, Adaeze' },
  { name: 'details', keys: 'i', dialog: 'Details of Okafor, Adaeze' },
])('keys after the one that opens the $name are not the case’s behind, however late the dialog comes', async (one) => {
  const { fake, user, decided } = await open()
  await heading('Okafor, Adaeze')
  document.execCommand = () => true // jsdom has none; letters of fields are not what this is about
  await user.keyboard('1')
  const goOn = fake.hold()
  await user.keyboard(`${one.keys}anm`)
  goOn()
  await screen.findByRole('dialog', { name: one.dialog })
  expect(screen.queryByRole('form', { name: 'Message' })).toBeNull()
  await user.keyboard('{Escape}')
  await heading('Okafor, Adaeze')
  expect(decided()).toEqual([])
})
