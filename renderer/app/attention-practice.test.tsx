// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LANGUAGES } from '../text/table.ts'
import { callsOf, heading, openAttention } from './attention-testing.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/attention'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** The made-up entries end with one of each. */
const ENTRIES = 16
const ABOUT = ['rules', 'goal', 'answer', 'question'] as const

async function openAt(about: (typeof ABOUT)[number], language?: (typeof LANGUAGES)[number]) {
  const settings = language === undefined ? {} : { language }
  const opened = openAttention({ attentionCount: ENTRIES, settings })
  await heading()
  await opened.user.keyboard(`{End}${'k'.repeat(ABOUT.length - 1 - ABOUT.indexOf(about))}`)
  return opened
}

test('a change of the rules shows what it was, what was wanted and what stands, and is set all the same', async () => {
  const { fake, user } = await openAt('rules')
  expect((await heading()).textContent).toBe('Practice')
  const row = screen.getByRole('row', { name: /Time to take back/ })
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['10 seconds', '20 seconds', expect.stringMatching(/^5 seconds.*changed meanwhile/)])
  await user.click(screen.getByRole('button', { name: /Set mine/ }))
  expect(callsOf(fake, 'attention.retry')).toHaveLength(1)
})

test('the rules as they stand are one key away, and the entry stays', async () => {
  const { fake, user } = await openAt('rules')
  expect(screen.getByRole('button', { name: /Open the practice’s rules/ })).toBeDefined()
  await user.keyboard('{Enter}')
  expect(window.location.hash).toBe('#/settings/practice')
  expect(await screen.findByText('10 seconds')).toBeDefined()
  expect(callsOf(fake, 'attention.retry')).toEqual([])
})

test('an answer that came second stands beside the first, and is only let go', async () => {
  await openAt('answer')
  expect(screen.getByText('Yes, with a button on 23.')).toBeDefined()
  expect(screen.getByText('No, hold this aligner for a week.')).toBeDefined()
  expect(screen.queryByRole('button', { name: /Try again|Set mine|Decide anew/ })).toBeNull()
  expect(screen.getByRole('button', { name: /Keep theirs/ })).toBeDefined()
})

test('a refused goal opens as it was wanted, and what is changed of it is set', async () => {
  const { fake, user } = await openAt('goal')
  await user.keyboard('e')
  const dialog = await screen.findByRole('dialog')
  const text = within(dialog).getByLabelText('Goal')
  expect(text).toHaveProperty('value', 'Class I canines on both sides, midlines within 1 mm')
  expect(document.activeElement).toBe(text)
  const due = within(dialog).getByLabelText('Reach by')
  expect(due).toHaveProperty('value', '2027-02-01')
  await user.clear(due)
  await user.type(due, '2027-04-01')
  await user.click(within(dialog).getByRole('button', { name: 'Set these' }))
  expect(callsOf(fake, 'attention.replacePracticeChange')).toMatchObject([
    { change: { about: 'goal', set: { dueOn: '2027-04-01', quietUntil: null, state: 'open' } } },
  ])
  expect(await screen.findByText(/Your new values are set here/)).toBeDefined()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a refused question opens with its words and the colleague, and is asked anew', async () => {
  const { fake, user } = await openAt('question')
  const colleague = fake.practice.people[1]
  await user.click(screen.getByRole('button', { name: /Change and send/ }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByLabelText('Question')).toHaveProperty('value', 'Would you go on with 23 like this?')
  expect(await within(dialog).findByDisplayValue(colleague?.displayName ?? '')).toBeDefined()
  await user.selectOptions(within(dialog).getByLabelText('Whom'), 'Any clinician')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(callsOf(fake, 'attention.replacePracticeChange')).toMatchObject([
    { change: { about: 'question', askedOf: null, text: 'Would you go on with 23 like this?' } },
  ])
})

test('what could not be set stays in the form, with the reason', async () => {
  const { fake, user } = await openAt('goal')
  fake.fail('attention.replacePracticeChange', 'auth.denied')
  await user.keyboard('e')
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: 'Set these' }))
  expect((await within(dialog).findByText(/The goal was not saved/)).textContent).toContain('do not have access')
})

test('where there is no form it says why, and what to do instead', async () => {
  const { user } = await openAt('rules')
  expect(screen.getByText(/change the rules on their own page/)).toBeDefined()
  await user.keyboard('jj')
  expect(screen.getByText(/One answer closes a question/)).toBeDefined()
  await user.keyboard('e')
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('what was refused of a colleague’s work that one imported says whose it is, and is only seen', async () => {
  const { fake, user } = openAttention({ attentionCount: ENTRIES + 1 })
  await heading()
  await user.keyboard('{End}')
  const main = screen.getByRole('main')
  const author = 'Dr Maximiliane Anneliese von Hohenstein-Wittgenfels'
  expect(within(main).getByText(new RegExp(`Unsent work of ${author}, imported by you`))).toBeDefined()
  expect(within(main).getByText(new RegExp(`The server’s answer to ${author}: “The read judges`))).toBeDefined()
  expect(within(main).getByRole('heading', { name: `What ${author} decided` })).toBeDefined()
  expect(screen.queryByRole('button', { name: /Try again|Set mine|Decide anew/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: /^Seen/ }))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(callsOf(fake, 'attention.discard')).toMatchObject([{ reason: '' }])
})

test.each(LANGUAGES)('in %s each kind of entry is accessible and names its reason', async (language) => {
  const { user } = await openAt('rules', language)
  for (const _about of ABOUT) {
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
    expect(violations.map(({ id }) => id)).toEqual([])
    expect(document.body.textContent).not.toMatch(/attention\.|practice\.|goals\./)
    await user.keyboard('j')
  }
})
